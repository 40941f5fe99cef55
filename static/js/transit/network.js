// The lines of the area and the way from any station to any site, read from the guide's own file of directions.

/** Of latitude, on a sphere of 6,371 km. */
export const METRES_A_DEGREE = 111195;

/**
 * @param {string | undefined} address of the file
 * @returns {Promise<Network>} rejects where the file can't be had
 */
export async function load(address = "") {
  return new Network(await (await fetch(address)).json());
}

/** A platform is a number here: its place in the data. */
export class Network {
  /** @param {DirectionsData} data */
  constructor(data) {
    this.data = data;
    /**
     * The line of each platform, and the first and last platform of that line.
     * @type {{slug: string, first: number, last: number}[]}
     */
    this.lines = [];
    for (const [slug, count] of data.lines) {
      const first = this.lines.length;
      this.lines.push(...Array(count).fill({ slug, first, last: first + count - 1 }));
    }
    /** @type {Station[]} */
    this.stations = data.stations.map(([slug, ...names], number) => ({
      slug,
      names,
      lines: data.platforms.flatMap(([station], platform) => (station === number ? [this.lines[platform].slug] : [])),
    }));
  }

  /**
   * The way from a station to a site; null where there is none.
   * @param {string} site
   * @param {string | null} slug of the station
   * @returns {Way | null}
   */
  way(site, slug) {
    const { next, first } = this.data.sites[site];
    let platform = first[this.stations.findIndex((station) => station.slug === slug)] ?? -1;
    if (platform < 0) return null;
    const path = [platform];
    while (next[platform] !== platform) {
      platform = next[platform];
      path.push(platform);
    }
    return { there: this.steps(path), end: this.stationOf(platform).slug, back: this.steps([...path].reverse()) };
  }

  /**
   * The stations of a line, in their order.
   * @param {string} line
   */
  along(line) {
    return this.lines.flatMap(({ slug }, platform) => (slug === line ? [this.stationOf(platform)] : []));
  }

  /**
   * Whether a position lies in the area of the guide.
   * @param {Place} here
   */
  holds(here) {
    const [latitude, longitude, reach] = this.data.area;
    return between(here, { latitude, longitude }).metres <= reach;
  }

  /**
   * The station nearest to a position, with the metres and the direction to it.
   * @param {Place} here
   */
  nearest(here) {
    const distances = this.data.platforms.map(([number, latitude, longitude]) => {
      const { slug, names } = this.stations[number];
      return { slug, name: names[0], ...between(here, { latitude, longitude }) };
    });
    return distances.reduce((one, other) => (other.metres < one.metres ? other : one));
  }

  /**
   * The steps of a path of platforms. A line that is only stood on is no ride.
   * @param {number[]} path
   * @returns {Step[]}
   */
  steps(path) {
    /** @type {number[][]} */
    const runs = [];
    for (const platform of path) {
      const run = runs[runs.length - 1];
      if (run && this.lines[run[0]] === this.lines[platform]) run.push(platform);
      else runs.push([platform]);
    }
    const rides = runs.filter((run) => run.length > 1);
    return rides.flatMap((run, index) => {
      const ride = this.ride(run);
      return index ? [this.change(rides[index - 1], run), ride] : [ride];
    });
  }

  /**
   * @param {number[]} run platforms of one line
   * @returns {RideStep}
   */
  ride(run) {
    const { slug, first, last } = this.lines[run[0]];
    const towards = this.nameOf(run[1] > run[0] ? last : first);
    const names = run.slice(1).map((platform) => this.nameOf(platform));
    return {
      kind: "ride",
      line: slug,
      towards,
      alight: names[names.length - 1],
      count: names.length,
      passed: names.slice(0, -1),
    };
  }

  /**
   * @param {number[]} before
   * @param {number[]} after
   * @returns {ChangeStep}
   */
  change(before, after) {
    const ends = [before[before.length - 1], after[0]];
    const change = this.data.changes.find(([one, other]) => ends.includes(one) && ends.includes(other));
    if (!change) throw new RangeError(ends.join());
    const [, second, metres, inside, back] = change;
    const run = ends[0] === second ? before : after;
    const isBack = back !== undefined && run[1] < run[0]; // on its way to its first station the second line stops elsewhere
    return {
      kind: inside ? "change-inside" : "change-outside",
      line: this.lines[after[0]].slug,
      station: this.nameOf(after[0]),
      metres: isBack ? back : metres,
    };
  }

  /** @param {number} platform */
  stationOf(platform) {
    return this.stations[this.data.platforms[platform][0]];
  }

  /** @param {number} platform */
  nameOf(platform) {
    return this.stationOf(platform).names[0];
  }
}

/**
 * The distance in a straight line, on a plane: right within the area of a guide.
 * @param {Place} here
 * @param {Place} there
 * @returns {Distance}
 */
export function between(here, there) {
  const north = (there.latitude - here.latitude) * METRES_A_DEGREE;
  const east = (there.longitude - here.longitude) * METRES_A_DEGREE * Math.cos((here.latitude * Math.PI) / 180);
  return { metres: Math.hypot(north, east), eighth: Math.round((Math.atan2(east, north) * 4) / Math.PI + 8) % 8 };
}
