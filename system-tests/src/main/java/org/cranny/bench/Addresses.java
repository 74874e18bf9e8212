package org.cranny.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is timed. */
final class Addresses {
    private Addresses() {}

    static List<String> pages(Known known) {
        String seeded = known.seeded();
        String real = known.real();
        String place = "?system=" + real + "&snapshot=" + known.newest();
        String file = place + "&path=" + encoded(known.file());
        return List.of(
                "/overview.xhtml",
                "/systems.xhtml",
                "/systems.xhtml?find=lab",
                "/systems.xhtml?which=sources",
                "/systems.xhtml?which=unprotected",
                "/systems.xhtml?which=not-accepting&sort=rating",
                "/systems.xhtml?which=hosts&sort=free&down=yes",
                "/systems.xhtml?sort=backed-up&down=yes",
                "/systems.xhtml?page=190",
                "/systems.xhtml?which=revoked",
                "/system.xhtml?id=" + seeded,
                "/system.xhtml?id=" + seeded + "&plan=drain",
                "/system.xhtml?id=" + known.draining(),
                "/system.xhtml?id=" + real,
                "/backups.xhtml",
                "/backups.xhtml?find=lab",
                "/backups.xhtml?system=" + seeded,
                "/backups.xhtml?system=" + real,
                "/browse.xhtml" + place,
                "/browse.xhtml" + place + "&name=a",
                "/file.xhtml" + file,
                "/differences.xhtml?system=" + real + "&from=" + known.before() + "&to=" + known.newest(),
                "/restore.xhtml" + file,
                "/recovery.xhtml",
                "/recover.xhtml",
                "/recover.xhtml?system=" + seeded,
                "/recover.xhtml" + place,
                "/recover.xhtml" + place + "&where=agent",
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
                "/job.xhtml?id=" + known.job(),
                "/master-file.xhtml",
                "/master-file.xhtml?version=" + known.version(),
                "/log.xhtml",
                "/log.xhtml?actor=ann",
                "/log.xhtml?subject=system+" + seeded,
                "/log.xhtml?before=5000",
                "/settings.xhtml",
                "/login.xhtml");
    }

    /** Pages that somebody sees who has no role but that of an owner. */
    static List<String> ownersPages() {
        return List.of("/mine.xhtml", "/backups.xhtml", "/jobs.xhtml", "/recover.xhtml");
    }

    static List<String> lists(Known known) {
        String seeded = "/systems/" + known.seeded();
        String real = "/systems/" + known.real();
        String snapshot = real + "/snapshots/" + known.newest();
        String path = "?path=" + encoded(known.file());
        return List.of(
                "/systems",
                "/systems?after=5000&limit=1000",
                "/hosts",
                "/hosts?after=5000&limit=1000",
                "/hosts/" + known.seeded() + "/reliability",
                "/hosts/" + known.seeded() + "/drain",
                "/hosts/" + known.draining() + "/drain",
                seeded + "/snapshots",
                seeded + "/snapshots?forgotten=true&limit=1000",
                seeded + "/retention",
                seeded + "/prune",
                seeded + "/redundancy",
                seeded + "/labels",
                seeded + "/policy",
                seeded + "/policy/next",
                real + "/policy/forecast",
                real + "/versions" + path,
                real + "/diff?from=" + known.before() + "&to=" + known.newest(),
                snapshot + "/tree",
                snapshot + "/search?name=*.java",
                snapshot + "/explain" + path,
                "/jobs",
                "/jobs?state=FAILED",
                "/jobs?state=CANCELLED",
                "/jobs?state=DONE&limit=1000",
                "/jobs?system=" + known.seeded(),
                "/jobs/" + known.job(),
                "/log",
                "/log?limit=1000",
                "/log?before=500000",
                "/alerts",
                "/alerts?state=OPEN",
                "/alerts?state=ACKNOWLEDGED",
                "/alerts?state=RESOLVED&limit=1000",
                "/policies",
                "/policies?after=system%20" + known.seeded(),
                "/policies/history/group/group-1",
                "/approvals",
                "/approvals?all=true",
                "/recoveries",
                "/recoveries/" + known.recovery(),
                "/escrow/split",
                "/master-file",
                "/master-file/versions",
                "/master-file/versions/" + known.version() + "/changes",
                "/dumps",
                "/api-tokens?all=true",
                "/health",
                "/metrics");
    }

    static List<String> ownersLists() {
        return List.of("/systems", "/jobs", "/recoveries", "/approvals?all=true");
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
