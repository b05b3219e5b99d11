// npm scripts run on the pinned Node of node_modules/.bin; where its install script was not allowed, say so plainly.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `parley needs Node 22.12 or newer, and this is ${process.versions.node}. ` +
      'The project brings its own: allow the install script of the package "node" and run npm ci again, without --ignore-scripts.',
  );
  process.exit(1);
}
