// The lines of the area and the way from any station to any site, read from the guide's own file of directions.

const METRES_A_DEGREE = 111195; // of latitude, on a sphere of 6,371 km

/**
 * @typedef {{kind: string, line: string, badge?: string, station?: string, metres?: number, towards?: string,
 *   alight?: string, count?: number, passed?: string[]}} Step
 */

/**
 * @param {string} address of the file
 * @returns the network; rejects where the file can't be had
 */
export async function load(address) {
  const data = await (await fetch(address)).json();
  const lines = data.lines.flatMap(([slug, count], index) => {
    const first = data.lines.slice(0, index).reduce((sum, [, before]) => sum + before, 0);
    return Array(count).fill({ slug, first, last: first + count - 1 });
  });
  const stationOf = (platform) => data.stations[data.platforms[platform][0]];
  const nameOf = (platform) => stationOf(platform)[1];

  /** The steps of a path of platforms. A line that is only stood on is no ride. */
  function steps(path) {
    const runs = [];
    for (const platform of path) {
      const run = runs.at(-1);
      if (run && lines[run[0]] === lines[platform]) run.push(platform);
      else runs.push([platform]);
    }
    return runs.filter((run) => run.length > 1).flatMap((run, index, rides) => (index ? [change(rides[index - 1], run), ride(run)] : [ride(run)]));
  }

  function ride(run) {
    const { slug, first, last } = lines[run[0]];
    const towards = nameOf(run[1] > run[0] ? last : first);
    return { kind: "ride", line: slug, towards, alight: nameOf(run.at(-1)), count: run.length - 1, passed: run.slice(1, -1).map(nameOf) };
  }

  function change(before, after) {
    const ends = [before.at(-1), after[0]];
    const [, second, metres, inside, back] = data.changes.find(([one, other]) => ends.includes(one) && ends.includes(other));
    const run = ends[0] === second ? before : after;
    const far = back !== undefined && run[1] < run[0] ? back : metres; // on its way to its first station the second line stops there
    return { kind: inside ? "change-inside" : "change-outside", line: lines[after[0]].slug, station: nameOf(after[0]), metres: far };
  }

  const [latitude, longitude, reach] = data.area;

  return {
    /** Whether a position lies in the area of the guide. */
    holds: (here) => between(here, { latitude, longitude }).metres <= reach,

    stations: data.stations.map(([slug, ...names], number) => ({
      slug,
      names,
      lines: data.platforms.flatMap(([station], platform) => (station === number ? [lines[platform].slug] : [])),
    })),

    /** The way from a station to a site, and back; `end` is the station where the last part begins. */
    way(site, slug) {
      const { next, first } = data.sites[site];
      const path = [first[data.stations.findIndex(([station]) => station === slug)]];
      if (!(path[0] >= 0)) return null;
      while (next[path.at(-1)] !== path.at(-1)) path.push(next[path.at(-1)]);
      return { there: steps(path), end: stationOf(path.at(-1))[0], back: steps([...path].reverse()) };
    },

    /** The station nearest to a position, with the metres and the direction to it. */
    nearest(here) {
      const found = data.platforms.map(([station, latitude, longitude]) => ({ station, ...between(here, { latitude, longitude }) }));
      const best = found.reduce((one, other) => (other.metres < one.metres ? other : one));
      return { ...best, slug: data.stations[best.station][0], name: data.stations[best.station][1] };
    },
  };
}

/** Metres in a straight line, and the eighth of the compass (0 is north, 2 east), on a plane: right within the area of a guide. */
export function between(here, there) {
  const north = (there.latitude - here.latitude) * METRES_A_DEGREE;
  const east = (there.longitude - here.longitude) * METRES_A_DEGREE * Math.cos((here.latitude * Math.PI) / 180);
  return { metres: Math.hypot(north, east), eighth: Math.round((Math.atan2(east, north) * 4) / Math.PI + 8) % 8 };
}
