package io.syslet.bench.threadlets;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardVirtualThreadExecutor;
import org.apache.catalina.startup.Tomcat;

/**
 * {@code ServeRounds FILE CLIENTS SECONDS}: a Tomcat whose requests are virtual threads answers
 * clients, which are platform threads, with pages of a slow file, and one more with a {@code
 * /ping}. Prints a line for {@link Stalls}: pages a second, and how long a ping took.
 */
final class ServeRounds {
  static final int PAGE = 4096;

  private ServeRounds() {}

  public static void main(String[] args) throws Exception {
    Path base = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    StandardVirtualThreadExecutor executor = new StandardVirtualThreadExecutor();
    executor.setName("virtual");
    executor.start();
    tomcat.getConnector().getProtocolHandler().setExecutor(executor);
    Context context = tomcat.addContext("", base.toString());
    try (FileChannel file = FileChannel.open(Path.of(args[0]))) {
      Tomcat.addServlet(context, "ping", new Ping()).addMapping("/ping");
      Tomcat.addServlet(context, "page", new Page(file)).addMapping("/page");
      tomcat.start();
      int port = tomcat.getConnector().getLocalPort();
      System.out.println(
          new ServeClients(port, Integer.parseInt(args[1])).run(Integer.parseInt(args[2])));
      tomcat.stop();
      tomcat.destroy();
    }
    System.exit(0);
  }

  /** Answers at once. */
  private static final class Ping extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentLength(4);
      response.getOutputStream().print("pong");
    }
  }

  /** Answers with any page of the file. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient FileChannel file;

    Page(FileChannel file) {
      this.file = file;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      ByteBuffer page = ByteBuffer.allocate(PAGE);
      long pages = file.size() / PAGE;
      int length = file.read(page, ThreadLocalRandom.current().nextLong(pages) * PAGE);
      response.setContentLength(length);
      response.getOutputStream().write(page.array(), 0, length);
    }
  }
}
