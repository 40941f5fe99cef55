// Unpacks a raw LZMA stream while it comes: LZMA1 with lc 4, lp 0, pb 0, as guide/publish/packs.py writes it and as Igor
// Pavlov's specification in the LZMA SDK tells it. Browsers bring no method that packs pages of one guide as tightly.

const MARGIN = 32; // bytes of a stream that one step may need
const HALF = 1024; // of 2048: nothing is known yet of a bit
const STATES = 12;
const LITERALS = 0x300;

// Where the probabilities of each kind of bit begin.
const IS_MATCH = 0;
const IS_REP = STATES;
const IS_REP0 = 2 * STATES;
const IS_REP1 = 3 * STATES;
const IS_REP2 = 4 * STATES;
const IS_REP0_LONG = 5 * STATES;
const SLOTS = 6 * STATES; // four trees of 64
const SPECIAL = SLOTS + 4 * 64;
const ALIGN = SPECIAL + 128;
const LENGTH = ALIGN + 16; // choices, then trees of 8, 8 and 256
const REP_LENGTH = LENGTH + 2 + 8 + 8 + 256;
const LITERAL = REP_LENGTH + 2 + 8 + 8 + 256;

/** A stream that is being unpacked: `out` holds what is there so far, `made` bytes of it. */
export class LzmaStream {
  /** @param {number} size of all that comes out, in bytes */
  constructor(size) {
    this.out = new Uint8Array(size);
    this.made = 0;
    this.input = new Uint8Array();
    this.at = 0;
    this.isEnded = false;
    this.range = 0; // nothing is read yet
    this.code = 0;
    this.state = 0;
    this.distances = [0, 0, 0, 0]; // of the last four copies
    this.odds = new Uint16Array(LITERAL + (LITERALS << 4)).fill(HALF);
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes the next ones of the stream */
  push(bytes) {
    const rest = this.input.subarray(this.at);
    this.input = new Uint8Array(rest.length + bytes.length);
    this.input.set(rest);
    this.input.set(bytes, rest.length);
    this.at = 0;
  }

  /** No more comes. */
  end() {
    this.push(new Uint8Array(MARGIN));
    this.isEnded = true;
  }

  /**
   * Unpacks some bytes of what has come.
   * @param {number} most how many, about
   * @returns {boolean} whether more can be unpacked of it; throws RangeError at what is no LZMA stream
   */
  work(most) {
    const goal = Math.min(this.made + most, this.out.length);
    const last = this.input.length - MARGIN;
    if (this.at > last) return false;
    if (!this.range) this.begin();
    while (this.made < goal && this.at <= last) this.step();
    return this.made < this.out.length && this.at <= last;
  }

  begin() {
    for (const byte of this.input.subarray(0, 5)) this.code = ((this.code << 8) | byte) >>> 0;
    this.at = 5;
    this.range = 0xffffffff;
  }

  /** One literal or one copy. */
  step() {
    const { state, distances } = this;
    if (!this.bit(IS_MATCH + state)) return this.literal();
    if (!this.bit(IS_REP + state)) {
      const length = this.length(LENGTH);
      this.state = state < 7 ? 7 : 10;
      distances.pop();
      distances.unshift(this.distance(length));
      return this.copy(length + 2);
    }
    if (!this.bit(IS_REP0 + state)) {
      if (!this.bit(IS_REP0_LONG + state)) {
        this.state = state < 7 ? 9 : 11;
        return this.copy(1);
      }
    } else {
      const which = !this.bit(IS_REP1 + state) ? 1 : 2 + this.bit(IS_REP2 + state);
      distances.unshift(...distances.splice(which, 1));
    }
    const length = this.length(REP_LENGTH);
    this.state = state < 7 ? 8 : 11;
    return this.copy(length + 2);
  }

  literal() {
    const { out, state } = this;
    const odds = LITERAL + LITERALS * (this.made ? out[this.made - 1] >> 4 : 0);
    let symbol = 1;
    if (state >= 7) {
      let match = out[this.made - this.distances[0] - 1];
      let same = true;
      while (same && symbol < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const bit = this.bit(odds + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        same = bit === expected;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(odds + symbol);
    out[this.made++] = symbol;
    this.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  /** @param {number} length */
  copy(length) {
    const from = this.made - this.distances[0] - 1;
    if (from < 0 || this.made + length > this.out.length) throw new RangeError("copy");
    const { out } = this;
    for (let at = 0; at < length; at++) out[this.made + at] = out[from + at]; // it may reach into what it makes
    this.made += length;
  }

  /** @param {number} odds */
  length(odds) {
    if (!this.bit(odds)) return this.tree(odds + 2, 3);
    if (!this.bit(odds + 1)) return 8 + this.tree(odds + 10, 3);
    return 16 + this.tree(odds + 18, 8);
  }

  /** @param {number} length of the copy */
  distance(length) {
    const slot = this.tree(SLOTS + 64 * Math.min(length, 3), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + this.reverse(SPECIAL + high - slot, bits);
    let direct = 0;
    for (let left = bits - 4; left; left--) direct = (direct << 1) | this.plain();
    return (high + (direct << 4) + this.reverse(ALIGN, 4)) >>> 0;
  }

  /**
   * @param {number} odds
   * @param {number} bits
   */
  tree(odds, bits) {
    let symbol = 1;
    for (let left = bits; left; left--) symbol = (symbol << 1) | this.bit(odds + symbol);
    return symbol - (1 << bits);
  }

  /**
   * @param {number} odds
   * @param {number} bits
   */
  reverse(odds, bits) {
    let symbol = 1;
    let value = 0;
    for (let at = 0; at < bits; at++) {
      const bit = this.bit(odds + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << at;
    }
    return value;
  }

  /** A bit that is as often 0 as 1. */
  plain() {
    this.range >>>= 1;
    const bit = this.code >= this.range ? 1 : 0;
    if (bit) this.code -= this.range;
    this.refill();
    return bit;
  }

  /** @param {number} at the place of its probability */
  bit(at) {
    const odds = this.odds[at];
    const bound = (this.range >>> 11) * odds;
    const bit = this.code < bound ? 0 : 1;
    if (bit) {
      this.range -= bound;
      this.code -= bound;
      this.odds[at] = odds - (odds >> 5);
    } else {
      this.range = bound;
      this.odds[at] = odds + ((2048 - odds) >> 5);
    }
    this.refill();
    return bit;
  }

  refill() {
    if (this.range >= 0x1000000) return;
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.input[this.at++]) >>> 0;
  }
}
