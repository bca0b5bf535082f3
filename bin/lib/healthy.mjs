// The health check of a container: whatever listens here, web or worker or both, must say that it is well. Node's built-ins only.
const asked = [`http://127.0.0.1:${process.env.PORT || 3000}/api/health/ready`];
if (process.env.WORKER_PORT) asked.push(`http://127.0.0.1:${process.env.WORKER_PORT}/health`);

const answers = await Promise.all(
  asked.map((url) =>
    fetch(url, { signal: AbortSignal.timeout(4_000) }).then(
      (answer) => answer.ok,
      // Nobody listens there: the other part runs elsewhere. A silence is no absence.
      (error) => (error.cause?.code === "ECONNREFUSED" ? null : false),
    ),
  ),
);
const said = answers.filter((answer) => answer !== null);
process.exitCode = said.length > 0 && said.every(Boolean) ? 0 : 1;
