// One draft, one tab: the tab that holds the lock may write.

const PATIENCE = 1_500;

/** Takes the draft for this tab; resolves to true when it is ours, and tells when it moves away. */
export function holdDraft(id, onLost) {
  if (!navigator.locks) return Promise.resolve(true);
  const channel = new BroadcastChannel(`siaga-draft-${id}`);
  return new Promise((resolve) => {
    navigator.locks
      .request(`siaga-draft-${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (lock) return waitForMove(channel, onLost);
        channel.close();
        return null;
      })
      .catch(() => onLost());
  });
}

/** Asks the tab that holds the draft to let go; resolves when this tab may load it. */
export async function moveHere(id) {
  const channel = new BroadcastChannel(`siaga-draft-${id}`);
  channel.postMessage("move");
  const patience = AbortSignal.timeout(PATIENCE);
  const name = `siaga-draft-${id}`;
  try {
    await navigator.locks.request(name, { signal: patience }, () => {});
  } catch {
    await navigator.locks.request(name, { steal: true }, () => {});
  }
  channel.close();
}

function waitForMove(channel, onLost) {
  return new Promise((release) => {
    channel.onmessage = async () => {
      channel.close();
      await onLost();
      release();
    };
  });
}
