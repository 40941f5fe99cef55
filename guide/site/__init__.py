"""The pages, and what stands beside them: cards, drawings, app manifests."""
