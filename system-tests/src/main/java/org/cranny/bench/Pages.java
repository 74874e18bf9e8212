package org.cranny.bench;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Cluster;
import org.cranny.cluster.ClusterStatus;
import picocli.CommandLine;
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
public final class Pages implements Callable<Integer> {

    @Option(names = "--home", required = true, description = "folder of a cluster that runs")
    Path home;

    @Option(names = "--rounds", defaultValue = "5", description = "timed requests of each (default ${DEFAULT-VALUE})")
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
    private Caller administrator;

    private Pages() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Pages())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("pages: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        cluster = Cluster.at(Path.of(System.getProperty("cranny.root")), home, line -> {})
                .status();
        nobody = Caller.nobody(cluster.caFingerprint());
        administrator = Caller.administrator(
                cluster.caFingerprint(),
                cluster.central().user(),
                cluster.central().password());
        String session = Session.begin(
                nobody,
                cluster.central().url(),
                cluster.central().user(),
                cluster.central().password());
        boolean slow = false;
        System.out.printf("%-72s %8s %8s %10s%n", "request", "median", "worst", "octets");
        for (String page : pages()) {
            slow |= time(
                    page,
                    () -> nobody.send(
                            HttpRequest.newBuilder(URI.create(cluster.central().url() + page))
                                    .header("Cookie", session)));
        }
        for (String list : lists()) {
            slow |= time(list, () -> administrator.get(cluster.central().url() + "/api/v1" + list));
        }
        return slow ? 1 : 0;
    }

    private interface Request {
        HttpResponse<String> send() throws IOException;
    }

    /** @return whether it is too slow */
    private boolean time(String name, Request request) throws IOException {
        if (!name.contains(only)) {
            return false;
        }
        long[] micros = new long[rounds];
        int octets = 0;
        for (int round = -warm; round < rounds; round++) {
            long from = System.nanoTime();
            HttpResponse<String> answer = request.send();
            if (answer.statusCode() != 200) {
                throw new IOException(name + " answered " + answer.statusCode());
            }
            if (round >= 0) {
                micros[round] = (System.nanoTime() - from) / 1_000;
            }
            octets = answer.body().getBytes(StandardCharsets.UTF_8).length;
        }
        Arrays.sort(micros);
        double median = micros[rounds / 2] / 1_000.0;
        double worst = micros[rounds - 1] / 1_000.0;
        System.out.printf(
                "%-72s %8.1f %8.1f %10d%s%n", brief(name), median, worst, octets, median > most ? "  SLOW" : "");
        return median > most;
    }

    private static String brief(String name) {
        return name.replaceAll("[0-9a-f]{64}", "…").replaceAll("%2F", "/");
    }

    private List<String> pages() throws IOException {
        Map<String, String> known = known();
        String seeded = known.get("seeded");
        String real = known.get("real");
        String newest = known.get("newest");
        String before = known.get("before");
        String place = "?system=" + real + "&snapshot=" + newest;
        String file = place + "&path=" + URLEncoder.encode(known.get("file"), StandardCharsets.UTF_8);
        List<String> pages = new ArrayList<>(List.of(
                "/overview.xhtml",
                "/systems.xhtml",
                "/systems.xhtml?find=lab",
                "/systems.xhtml?which=unprotected",
                "/systems.xhtml?which=not-accepting&sort=rating",
                "/systems.xhtml?which=hosts&sort=free&down=yes",
                "/systems.xhtml?sort=backed-up&down=yes",
                "/systems.xhtml?page=190",
                "/systems.xhtml?which=revoked",
                "/system.xhtml?id=" + seeded,
                "/system.xhtml?id=" + seeded + "&plan=drain",
                "/system.xhtml?id=" + real,
                "/backups.xhtml",
                "/backups.xhtml?find=lab",
                "/backups.xhtml?system=" + seeded,
                "/backups.xhtml?system=" + real,
                "/browse.xhtml" + place,
                "/browse.xhtml" + place + "&name=a",
                "/file.xhtml" + file,
                "/differences.xhtml?system=" + real + "&from=" + before + "&to=" + newest,
                "/restore.xhtml" + file,
                "/recovery.xhtml",
                "/recover.xhtml",
                "/recover.xhtml?system=" + seeded,
                "/recover.xhtml?system=" + real + "&snapshot=" + newest,
                "/recover.xhtml?system=" + real + "&snapshot=" + newest + "&where=agent",
                "/policies.xhtml",
                "/policies.xhtml?patterns=*.tmp&paths=%2Fa.tmp",
                "/policy.xhtml?scope=company&name=default",
                "/policy.xhtml?scope=system&name=" + seeded,
                "/policy.xhtml?scope=group&name=group-1",
                "/jobs.xhtml",
                "/jobs.xhtml?state=failed",
                "/jobs.xhtml?state=cancelled",
                "/jobs.xhtml?state=waiting",
                "/jobs.xhtml?system=" + seeded,
                "/job.xhtml?id=" + known.get("job"),
                "/master-file.xhtml",
                "/log.xhtml",
                "/log.xhtml?actor=ann",
                "/log.xhtml?subject=system+" + seeded,
                "/log.xhtml?before=5000",
                "/settings.xhtml",
                "/login.xhtml"));
        return pages;
    }

    private List<String> lists() throws IOException {
        Map<String, String> known = known();
        String seeded = known.get("seeded");
        return List.of(
                "/systems",
                "/hosts",
                "/hosts/" + seeded + "/reliability",
                "/hosts/" + seeded + "/drain",
                "/systems/" + seeded + "/snapshots",
                "/systems/" + seeded + "/retention",
                "/systems/" + seeded + "/prune",
                "/systems/" + seeded + "/redundancy",
                "/systems/" + seeded + "/policy",
                "/systems/" + seeded + "/policy/next",
                "/jobs",
                "/jobs?state=FAILED",
                "/jobs?system=" + seeded,
                "/log",
                "/alerts",
                "/alerts?state=OPEN",
                "/alerts?state=ACKNOWLEDGED",
                "/policies",
                "/approvals?all=true",
                "/recoveries",
                "/master-file",
                "/master-file/versions",
                "/dumps",
                "/api-tokens",
                "/health",
                "/metrics");
    }

    private Map<String, String> found;

    /** What addresses are made of: a machine with real backups, and one of the many. */
    private Map<String, String> known() throws IOException {
        if (found == null) {
            found = new LinkedHashMap<>();
            List<JsonObject> systems = objects("/systems");
            found.put(
                    "seeded",
                    systems.get(systems.size() / 2).getJsonNumber("number").toString());
            for (JsonObject system : systems.subList(0, Math.min(20, systems.size()))) {
                String number = system.getJsonNumber("number").toString();
                List<JsonObject> snapshots = objects("/systems/" + number + "/snapshots");
                if (!snapshots.isEmpty()) {
                    found.put("real", number);
                    found.put("newest", snapshots.get(0).getString("snapshot"));
                    found.put("before", snapshots.get(snapshots.size() - 1).getString("snapshot"));
                    found.put("job", job(number));
                    found.put("file", file("/systems/" + number + "/snapshots/latest/"));
                    return found;
                }
            }
            throw new IOException("no machine has a real backup: enroll a source and back it up before the seed.");
        }
        return found;
    }

    private String job(String system) throws IOException {
        List<JsonObject> jobs = objects("/jobs?system=" + system);
        return jobs.isEmpty()
                ? Caller.body(administrator.post(
                                cluster.central().url() + "/api/v1/systems/" + system + "/jobs",
                                "{\"kind\":\"CHECK\"}"))
                        .asJsonObject()
                        .getJsonNumber("id")
                        .toString()
                : jobs.get(0).getJsonNumber("id").toString();
    }

    private String file(String snapshot) throws IOException {
        return administrator
                .json(cluster.central().url() + "/api/v1" + snapshot + "search?name=*&kind=file&limit=1")
                .asJsonObject()
                .getJsonArray("entries")
                .getJsonObject(0)
                .getString("path");
    }

    private List<JsonObject> objects(String list) throws IOException {
        return administrator.json(cluster.central().url() + "/api/v1" + list).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .toList();
    }
}
