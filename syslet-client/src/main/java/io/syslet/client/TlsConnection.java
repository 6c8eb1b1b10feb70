package io.syslet.client;

import io.syslet.client.wire.Address;
import io.syslet.client.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP connection with TLS 1.3, whose server has shown a certificate for its host name. */
final class TlsConnection implements Connection {
  private final Socket tcp;
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] received = new byte[1 << 16];
  private final byte[] sent = new byte[Wire.MAX_FRAME];

  private TlsConnection(Socket tcp, SSLSocket socket) throws IOException {
    this.tcp = tcp;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** Connects, or says why not. */
  static TlsConnection connect(Address.Tls to, SSLContext context, Duration timeout)
      throws IOException {
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    Socket tcp = new Socket();
    try {
      tcp.connect(new InetSocketAddress(to.host(), to.port()), millis);
      tcp.setTcpNoDelay(true);
      tcp.setSoTimeout(millis);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(tcp, to.host(), to.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new TlsConnection(tcp, socket);
    } catch (IOException e) {
      tcp.close();
      throw new IOException(to + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void timeout(Duration most) throws IOException {
    socket.setSoTimeout((int) Math.min(most.toMillis(), Integer.MAX_VALUE));
  }

  @Override
  public void send(long address, int length) throws IOException {
    copy(address, sent, length);
    out.write(sent, 0, length);
    out.flush();
  }

  @Override
  public int receive(long address, int capacity) throws IOException {
    int length = in.read(received, 0, Math.min(received.length, capacity));
    if (length > 0) {
      MemorySegment.copy(received, 0, segment(address, length), ValueLayout.JAVA_BYTE, 0, length);
    }
    return Math.max(length, 0);
  }

  private static void copy(long from, byte[] to, int length) {
    MemorySegment.copy(segment(from, length), ValueLayout.JAVA_BYTE, 0, to, 0, length);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment segment(long address, long length) {
    return MemorySegment.ofAddress(address).reinterpret(length);
  }

  /** The TCP connection alone: an orderly end of TLS would wait for whoever sends. */
  @Override
  public void end() {
    try {
      tcp.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() {
    end();
  }
}
