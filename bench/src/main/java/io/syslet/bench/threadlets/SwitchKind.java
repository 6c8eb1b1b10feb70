package io.syslet.bench.threadlets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;

/** What virtual threads do all day; each runs once and says how many times it did something. */
enum SwitchKind {
  PING_PONG("two threads pass a ball, round trips/s") {
    @Override
    int run() throws Exception {
      SynchronousQueue<Integer> there = new SynchronousQueue<>();
      SynchronousQueue<Integer> back = new SynchronousQueue<>();
      join(
          List.of(
              start(
                  () -> {
                    for (int i = 0; i < BALLS; i++) {
                      there.put(i);
                      back.take();
                    }
                  }),
              start(
                  () -> {
                    for (int i = 0; i < BALLS; i++) {
                      back.put(there.take());
                    }
                  })));
      return BALLS;
    }
  },
  START("100,000 threads start and end, threads/s") {
    @Override
    int run() throws Exception {
      List<Thread> threads = new ArrayList<>(THREADS);
      for (int i = 0; i < THREADS; i++) {
        threads.add(start(() -> {}));
      }
      join(threads);
      return THREADS;
    }
  },
  SLEEP("10,000 threads sleep 10 ms at a time, sleeps/s") {
    @Override
    int run() throws Exception {
      List<Thread> threads = new ArrayList<>(SLEEPERS);
      for (int i = 0; i < SLEEPERS; i++) {
        threads.add(
            start(
                () -> {
                  for (int j = 0; j < SLEEPS; j++) {
                    Thread.sleep(10);
                  }
                }));
      }
      join(threads);
      return SLEEPERS * SLEEPS;
    }
  },
  ECHO("32 sockets echo a byte, round trips/s") {
    @Override
    int run() throws Exception {
      List<Thread> threads = new ArrayList<>();
      try (ServerSocket server = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress())) {
        for (int i = 0; i < CLIENTS; i++) {
          threads.add(start(() -> ask(new Socket(server.getInetAddress(), server.getLocalPort()))));
          Socket accepted = server.accept();
          threads.add(start(() -> echo(accepted)));
        }
        join(threads);
      }
      return CLIENTS * ECHOES;
    }
  };

  private static final int BALLS = 200_000;
  private static final int THREADS = 100_000;
  private static final int SLEEPERS = 10_000;
  private static final int SLEEPS = 20;
  private static final int CLIENTS = 32;
  private static final int ECHOES = 2_000;

  final String title;

  SwitchKind(String title) {
    this.title = title;
  }

  /** Runs once. */
  abstract int run() throws Exception;

  /** What a thread does. */
  interface Body {
    void run() throws Exception;
  }

  private static Thread start(Body body) {
    return Thread.startVirtualThread(
        () -> {
          try {
            body.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void ask(Socket socket) throws IOException {
    try (socket) {
      for (int i = 0; i < ECHOES; i++) {
        socket.getOutputStream().write(i);
        if (socket.getInputStream().read() != (i & 0xff)) {
          throw new IOException("no echo");
        }
      }
    }
  }

  private static void echo(Socket socket) throws IOException {
    try (socket) {
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        socket.getOutputStream().write(c);
      }
    }
  }
}
