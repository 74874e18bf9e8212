package org.cranny.ear;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application that the build made, as it is or with one more module for tests. */
final class CentralArchive {
    private static final String APPLICATION_XML = "META-INF/application.xml";
    private static final String LAST_MODULE = "</module>";
    // The server reads annotations of modules with such a name only.
    private static final String TESTS = "central-tests.war";
    private static final String BEANS =
            "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>";
    private static final String WEB =
            "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><context-param>"
                    + "<param-name>fish.payara.security.mechanism</param-name><param-value>"
                    + Unguarded.class.getName()
                    + "</param-value></context-param></web-app>";

    private CentralArchive() {}

    static EnterpriseArchive asBuilt() {
        return ShrinkWrap.create(ZipImporter.class, "cranny.ear")
                .importFrom(new File(System.getProperty("cranny.test.ear")))
                .as(EnterpriseArchive.class);
    }

    static EnterpriseArchive with(Class<?>... tests) {
        EnterpriseArchive central = asBuilt();
        String modules = text(central);
        int end = modules.lastIndexOf(LAST_MODULE) + LAST_MODULE.length();
        String more = "<module><web><web-uri>" + TESTS
                + "</web-uri><context-root>/cranny-tests</context-root></web></module>";
        central.delete(APPLICATION_XML);
        WebArchive war = ShrinkWrap.create(WebArchive.class, TESTS)
                .addClass(Unguarded.class)
                .addClasses(tests)
                .setWebXML(new StringAsset(WEB))
                .addAsWebInfResource(new StringAsset(BEANS), "beans.xml");
        return central.setApplicationXML(new StringAsset(modules.substring(0, end) + more + modules.substring(end)))
                .addAsModule(Testable.archiveToTest(war));
    }

    private static String text(EnterpriseArchive central) {
        try (InputStream in = central.get(APPLICATION_XML).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
