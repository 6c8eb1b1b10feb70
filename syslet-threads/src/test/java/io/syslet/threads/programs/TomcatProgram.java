package io.syslet.threads.programs;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardVirtualThreadExecutor;
import org.apache.catalina.startup.Tomcat;

/**
 * {@code TomcatProgram FOLDER}: a Tomcat whose requests are virtual threads, which serves a file
 * beside a {@code /ping}, and many virtual threads that ask for both.
 */
final class TomcatProgram {
  private static final int THREADS = 32;
  private static final int ROUNDS = 10;

  private TomcatProgram() {}

  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    Path file = Files.writeString(Path.of(args[0], "file"), "12345");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setPort(0);
    StandardVirtualThreadExecutor executor = new StandardVirtualThreadExecutor();
    executor.setName("virtual");
    executor.start();
    tomcat.getConnector().getProtocolHandler().setExecutor(executor);
    Context context = tomcat.addContext("", args[0]);
    add(context, "ping", new Ping());
    add(context, "file", new Serve(file));
    tomcat.start();
    String address = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Crowd.report(Crowd.sum(THREADS, () -> ask(client, address)));
    }
    tomcat.stop();
  }

  private static void add(Context context, String name, HttpServlet servlet) {
    Tomcat.addServlet(context, name, servlet).addMapping("/" + name);
  }

  private static int ask(HttpClient client, String address) throws Exception {
    int length = 0;
    for (int i = 0; i < ROUNDS; i++) {
      length += get(client, address + "/ping") + get(client, address + "/file");
    }
    return length;
  }

  private static int get(HttpClient client, String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body().length();
  }

  /** Answers that it is there, if it runs in a virtual thread. */
  private static final class Ping extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write(Thread.currentThread().isVirtual() ? "pong" : "");
    }
  }

  /** Answers with the file. */
  private static final class Serve extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient Path file;

    Serve(Path file) {
      this.file = file;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Files.copy(file, response.getOutputStream());
    }
  }
}
