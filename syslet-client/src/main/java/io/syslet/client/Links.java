package io.syslet.client;

import io.syslet.client.wire.Address;
import java.io.IOException;

/** Makes the link that an address asks for. */
final class Links {
  private Links() {}

  /** Goes on with the session that is kept, or begins one; releases what is kept if it cannot. */
  static Link connect(Address address, ClientOptions options, InFlight inFlight, KeptSession kept)
      throws IOException {
    try {
      return find(address, options, inFlight, kept);
    } catch (IOException | RuntimeException e) {
      kept.release();
      throw e;
    }
  }

  private static Link find(
      Address address, ClientOptions options, InFlight inFlight, KeptSession kept)
      throws IOException {
    try {
      return once(address, options, inFlight, kept);
    } catch (RefusedException e) {
      if (!e.isOver() || !kept.forget()) {
        throw e;
      }
      return once(address, options, inFlight, kept);
    }
  }

  private static Link once(
      Address address, ClientOptions options, InFlight inFlight, KeptSession kept)
      throws IOException {
    return switch (address) {
      case Address.Unix unix -> SharedLink.connect(unix, options, inFlight, kept);
      case Address.Tls tls -> MarshalledLink.connect(tls, options, inFlight, kept);
    };
  }
}
