package org.cranny.cluster;

import java.nio.file.Path;

/** Where everything of one cluster lies: the repository's built files, and all that changes below one home folder. */
record Layout(Path repository, Path home) {

    Layout {
        repository = repository.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    Path command(String name) {
        return repository.resolve("bin").resolve(name);
    }

    Path payara() {
        return repository.resolve("target/payara/payara6");
    }

    Path centralApplication() {
        return repository.resolve("ear/target/cranny-central.ear");
    }

    /** Options of Java that halve a server's time to start and leave cryptography as fast as it is. */
    String lightCompilation() {
        return "-XX:+UnlockDiagnosticVMOptions -XX:CompilerDirectivesFile="
                + repository.resolve("server-config/light-compilation.json");
    }

    Path state() {
        return home.resolve("cluster.json");
    }

    Path lock() {
        return home.resolve("cluster.lock");
    }

    Path central() {
        return home.resolve("central");
    }

    Path domain() {
        return home.resolve("central-domain");
    }

    /** Lies outside central's home: who takes that home opens nobody's data with it. */
    Path escrowPassphrase() {
        return home.resolve("escrow").resolve("passphrase");
    }

    Path adminPassword() {
        return central().resolve("secrets/admin-password");
    }

    Path daemon(int index) {
        return home.resolve("daemons").resolve(Integer.toString(index));
    }

    Path log(String name) {
        return home.resolve("logs").resolve(name + ".log");
    }
}
