package io.syslet.server.journal;

import io.syslet.server.session.Completions;
import io.syslet.server.session.Peer;
import io.syslet.server.session.Restored;
import io.syslet.server.session.TokenHash;

/** What the journal holds of a session. One thread at a time. */
final class HeldSession {
  private final long id;
  private final TokenHash token;
  private final Peer peer;
  private final byte[] kind;
  private final byte[] name;
  private final BegunCalls calls = new BegunCalls();
  private final Completions completions = new Completions();

  HeldSession(long id, TokenHash token, Peer peer) {
    this.id = id;
    this.token = token;
    this.peer = peer;
    kind = RecordWriter.utf8(peer.kind());
    name = RecordWriter.utf8(peer.name());
  }

  long id() {
    return id;
  }

  TokenHash token() {
    return token;
  }

  Peer peer() {
    return peer;
  }

  /** The peer's kind in UTF-8. */
  byte[] kind() {
    return kind;
  }

  /** The peer's name in UTF-8. */
  byte[] name() {
    return name;
  }

  /** Bytes of kind and name, with their lengths. */
  int textLength() {
    return 2 * Short.BYTES + kind.length + name.length;
  }

  BegunCalls calls() {
    return calls;
  }

  Completions completions() {
    return completions;
  }

  /** The session as it is resumed, as a copy. */
  Restored restored() {
    int count = completions.size();
    long[] callerData = new long[count];
    long[] statuses = new long[count];
    for (int i = 0; i < count; i++) {
      callerData[i] = completions.callerData(completions.first() + i);
      statuses[i] = completions.status(completions.first() + i);
    }
    return new Restored(id, token, peer, completions.first(), callerData, statuses);
  }
}
