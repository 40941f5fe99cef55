// Rules for the scripts: what eslint recommends, and a few of our own. `make scripts` runs it.

import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import globals from "globals";

export default defineConfig([
  js.configs.recommended,
  {
    rules: {
      complexity: ["error", 15],
      eqeqeq: "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 60],
      "no-shadow": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["static/js/**", "guide/kit/**"], languageOptions: { globals: globals.browser } },
  {
    // The workers: written for the first browsers that had workers, which know no catch without a name.
    files: ["static/*.js"],
    languageOptions: { ecmaVersion: 2018, sourceType: "script", globals: globals.serviceworker },
    rules: { "no-unused-vars": ["error", { caughtErrors: "none" }] },
  },
  { files: ["tests/js/**"], languageOptions: { globals: globals.node } },
]);
