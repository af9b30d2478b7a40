// Where a name finds room beside its point, as generator/pages/similar_map.py works it out for the whole map.

const LETTER = 6.4;
const LINE = 14;
const REACH = 9;
const CELL = 7;

/** The squares that a box touches. */
function cells(left, top, right, bottom) {
  const found = [];
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) found.push(column * 65536 + row);
  }
  return found;
}

const around = ({ x, y }) => cells(x - 5, y - 5, x + 5, y + 5);

/** Yield each point, given in pixels with the length of its name, with the side where its name stands, if it has room. */
export function* sides(points, width, height) {
  const taken = new Set(points.flatMap(around));
  for (const point of points) {
    const { x, y } = point;
    const long = point.letters * LETTER;
    const own = new Set(around(point));
    const boxes = {
      right: [x + REACH, y - LINE / 2, x + REACH + long, y + LINE / 2],
      left: [x - REACH - long, y - LINE / 2, x - REACH, y + LINE / 2],
      above: [x - long / 2, y - REACH - LINE, x + long / 2, y - REACH],
      below: [x - long / 2, y + REACH, x + long / 2, y + REACH + LINE],
    };
    let found = null;
    for (const [side, box] of Object.entries(boxes)) {
      if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height) continue;
      const room = cells(...box);
      if (room.some((cell) => taken.has(cell) && !own.has(cell))) continue;
      for (const cell of room) taken.add(cell);
      found = side;
      break;
    }
    yield [point, found];
  }
}
