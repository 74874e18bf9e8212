package org.cranny.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/pages}. Exit codes: 0 all were fast enough, 1 failed or too slow, 2 wrong use. */
@Command(
        name = "pages",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Signs in as the administrator and times every page and the lists of the API, one after another.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all were fast enough", "1:failed, or something was too slow", "2:wrong use"})
public final class Pages extends Bench {

    @Option(names = "--rounds", defaultValue = "20", description = "timed requests of each (default ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--warm", defaultValue = "3", description = "requests of each before (default ${DEFAULT-VALUE})")
    int warm;

    @Option(
            names = "--most",
            defaultValue = "300",
            description = "milliseconds that a page may take at the median (default ${DEFAULT-VALUE})")
    long most;

    @Option(names = "--only", defaultValue = "", description = "only what has this in its address")
    String only;

    private ClusterStatus cluster;
    private Caller nobody;
    private Stopwatch watch;

    private Pages() {}

    public static void main(String[] arguments) {
        run(new Pages(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        cluster = cluster();
        nobody = Caller.nobody(cluster.caFingerprint());
        ClusterStatus.Central central = cluster.central();
        Caller administrator = Caller.administrator(cluster.caFingerprint(), central.user(), central.password());
        Caller owner = Caller.administrator(cluster.caFingerprint(), Owner.NAME, Owner.PASSWORD);
        Known known = Known.found(administrator, api());
        watch = new Stopwatch(warm, rounds, most, only);
        time("", Addresses.pages(known), session(central.user(), central.password()));
        time("", Addresses.lists(known), administrator);
        time("owner ", Addresses.ownersPages(), session(Owner.NAME, Owner.PASSWORD));
        time("owner ", Addresses.ownersLists(), owner);
        return watch.slow() ? 1 : 0;
    }

    private String api() {
        return cluster.central().url() + "/api/v1";
    }

    private String session(String name, String password) throws IOException {
        return Session.begin(nobody, cluster.central().url(), name, password);
    }

    private void time(String who, List<String> pages, String session) throws IOException {
        for (String page : pages) {
            URI address = URI.create(cluster.central().url() + page);
            watch.time(
                    who + page,
                    () -> nobody.send(HttpRequest.newBuilder(address).header("Cookie", session)));
        }
    }

    private void time(String who, List<String> lists, Caller caller) throws IOException {
        for (String list : lists) {
            watch.time(who + list, () -> caller.get(api() + list));
        }
    }
}
