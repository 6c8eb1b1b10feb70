package io.syslet.client;

import io.syslet.client.wire.Address;
import java.io.IOException;

/** Makes the link that an address asks for. */
final class Links {
  private Links() {}

  static Link connect(Address address, ClientOptions options, InFlight inFlight)
      throws IOException {
    return switch (address) {
      case Address.Unix unix -> SharedLink.connect(unix, options, inFlight);
      case Address.Tls tls -> MarshalledLink.connect(tls, options, inFlight);
    };
  }
}
