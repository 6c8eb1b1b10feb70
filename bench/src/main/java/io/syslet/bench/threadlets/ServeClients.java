package io.syslet.bench.threadlets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Platform threads that ask a server for pages, and one that pings it every two milliseconds. */
final class ServeClients {
  private static final long WARM_SECONDS = 2;
  private static final String LENGTH = "content-length:";

  private final LongAdder pages = new LongAdder();
  private final List<Thread> threads = new ArrayList<>();
  private final int port;
  private final int clients;
  private volatile boolean stop;
  private volatile Histogram pings = none();

  ServeClients(int port, int clients) {
    this.port = port;
    this.clients = clients;
  }

  private static Histogram none() {
    return new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
  }

  /** Asks for so long: a line for {@link Stalls}. */
  String run(int seconds) throws InterruptedException {
    for (int i = 0; i < clients; i++) {
      threads.add(Thread.ofPlatform().start(() -> connect(this::askForPages)));
    }
    threads.add(Thread.ofPlatform().start(() -> connect(this::ping)));
    TimeUnit.SECONDS.sleep(WARM_SECONDS);
    Histogram counted = none();
    pings = counted;
    long before = pages.sum();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    double rate = (pages.sum() - before) * 1e9 / (System.nanoTime() - start);
    stop = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (counted.getTotalCount() == 0) {
      throw new IllegalStateException("no ping was answered");
    }
    return Ticker.line(rate, counted);
  }

  /** What a client does with its connection. */
  private interface Body {
    void with(Socket socket, InputStream in) throws IOException, InterruptedException;
  }

  private void connect(Body body) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      body.with(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void askForPages(Socket socket, InputStream in) throws IOException {
    while (!stop) {
      ask(socket, in, "/page");
      pages.increment();
    }
  }

  private void ping(Socket socket, InputStream in) throws IOException, InterruptedException {
    while (!stop) {
      Histogram into = pings;
      long start = System.nanoTime();
      ask(socket, in, "/ping");
      into.recordValue(System.nanoTime() - start);
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static void ask(Socket socket, InputStream in, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).trim());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().trim();
  }
}
