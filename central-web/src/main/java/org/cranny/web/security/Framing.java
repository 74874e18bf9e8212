package org.cranny.web.security;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.cranny.protocol.http.TraceBodies;

/** Sees to it that the server finds the end of every request, before any is answered. */
@WebListener
public class Framing implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent started) {
        TraceBodies.belongToTheirRequest(Framing.class.getClassLoader());
    }
}
