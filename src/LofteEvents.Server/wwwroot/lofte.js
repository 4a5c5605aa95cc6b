// Keeps a promise's page up to date: when the feed says that the status has changed, the page is fetched again and what differs
// is put in its place. The server alone knows what a page says. Without script the page is read as it is.
(() => {
  'use strict';
  const news = document.querySelector('[data-feed]');
  if (!news || !('EventSource' in window)) {
    return;
  }

  const slowestMilliseconds = 60000;
  let known = Number(news.dataset.position);
  let wait = 2000;
  let source = null;
  let timer = 0;
  let fetching = false;
  let wanted = 0;

  const open = () => {
    clearTimeout(timer);
    const address = new URL(news.dataset.feed, location.href);
    address.searchParams.set('after', known);
    source = new EventSource(address);
    source.addEventListener('open', () => { wait = 2000; });
    source.addEventListener('status', (event) => {
      wanted = Number(event.lastEventId);
      renew();
    });
    source.addEventListener('error', () => {
      // A refusal closes the source for good, where a broken connection is taken up again by the browser itself.
      if (source && source.readyState === EventSource.CLOSED) {
        timer = setTimeout(open, wait);
        wait = Math.min(2 * wait, slowestMilliseconds);
      }
    });
  };

  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };

  const renew = async () => {
    if (fetching) {
      return;
    }

    fetching = true;
    try {
      while (wanted > known) {
        const position = wanted;
        const address = new URL(location.href);
        address.searchParams.set('minPosition', position);
        const answer = await fetch(address, { headers: { Accept: 'text/html' } });
        if (!answer.ok) {
          break;
        }

        show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        known = position;
      }
    } catch {
      // The network is away: the next event, or the next visit, brings what is missing.
    } finally {
      fetching = false;
    }
  };

  const show = (page) => {
    let changed = false;
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) {
        put(part, fresh);
        changed = true;
      }
    }

    if (changed) {
      // With the time, so that a second change is told as well as the first.
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' });
      news.textContent = `${news.dataset.news} (${time})`;
    }
  };

  // Whoever stands on a link with the keyboard stays there.
  const put = (part, fresh) => {
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    part.replaceChildren(...document.importNode(fresh, true).childNodes);
    if (focused) {
      [...part.querySelectorAll('a[href]')].find((link) => link.getAttribute('href') === focused)?.focus();
    }
  };

  // A page that nobody looks at holds no connection; when it is looked at again it learns what it missed.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      close();
    } else if (!source) {
      open();
    }
  });
  if (!document.hidden) {
    open();
  }
})();
