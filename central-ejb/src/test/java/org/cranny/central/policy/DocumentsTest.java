package org.cranny.central.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy may say, and what it means together with others. */
class DocumentsTest {
    static final String FULL = """
            {"all": true, "excludes": ["*.tmp", "!keep.tmp"], "defaultExcludes": false, "excludeCaches": true,
             "excludeLargerThanBytes": 4000000000, "oneFileSystem": false,
             "schedule": {"times": ["0 2 * * *"], "zone": "Europe/Berlin", "jitterMinutes": 30,
                          "window": {"from": "22:00", "to": "06:00"}, "catchUp": true},
             "copies": 3, "retention": {"last": 5, "daily": 7, "weekly": 4, "withinDays": 3},
             "bandwidth": {"uploadBytesPerSecond": 0, "hours": [{"days": ["MON", "FRI"], "from": "08:00",
                           "to": "18:00", "uploadBytesPerSecond": 1000000}]},
             "hooks": {"pre": ["/bin/true"], "post": [], "failure": "go-on", "timeoutSeconds": 60},
             "battery": {"never": false, "abovePercent": 40}, "compression": {"codec": "zstd", "level": 9}}
            """;

    @Test
    void whatIsReadIsWhatWasWritten() {
        Policy policy = Documents.read(json(FULL));
        Validity.check(Scope.COMPANY, policy);
        assertEquals(json(FULL), json(Documents.text(policy)));
        assertEquals(Policy.EMPTY, Documents.read(json("{}")));
        assertEquals(Policy.EMPTY, Documents.read(json("{\"paths\": null}")));
    }

    private static Stream<List<String>> wrong() {
        return Stream.of(
                List.of("exclude", "{'exclude': []}"),
                List.of("schedule.tmes", "{'schedule': {'tmes': []}}"),
                List.of("schedule", "{'schedule': []}"),
                List.of("paths", "{'paths': '/home'}"),
                List.of("paths[1]", "{'paths': ['/home', 5]}"),
                List.of("paths[1]", "{'paths': ['/home', 'etc']}"),
                List.of("paths[0]", "{'paths': ['/home/../etc']}"),
                List.of("paths[0]", "{'paths': ['/home//x']}"),
                List.of("paths[0]", "{'paths': [null]}"),
                List.of("paths", "{'paths': []}"),
                List.of("paths", "{'paths': ['/'], 'all': true}"),
                List.of("all", "{'all': 'yes'}"),
                List.of("excludes[1]", "{'excludes': ['a', '[b']}"),
                List.of("excludeLargerThanBytes", "{'excludeLargerThanBytes': 0}"),
                List.of("excludeLargerThanBytes", "{'excludeLargerThanBytes': 1.5}"),
                List.of("excludeLargerThanBytes", "{'excludeLargerThanBytes': 1e30}"),
                List.of("copies", "{'copies': 1}"),
                List.of("copies", "{'copies': 99999999999}"),
                List.of("schedule.times[1]", "{'schedule': {'times': ['0 2 * * *', 'at noon']}}"),
                List.of("schedule.times[0]", "{'schedule': {'times': ['0 25 * * *']}}"),
                List.of("schedule.times[0]", "{'schedule': {'times': ['']}}"),
                List.of("schedule.times[0]", "{'schedule': {'times': ['* * *']}}"),
                List.of("schedule.zone", "{'schedule': {'zone': 'Mars/Base'}}"),
                List.of("schedule.jitterMinutes", "{'schedule': {'jitterMinutes': -1}}"),
                List.of("schedule.window.from", "{'schedule': {'window': {'from': '8', 'to': '10:00'}}}"),
                List.of("schedule.window.to", "{'schedule': {'window': {'from': '08:00', 'to': '24:00'}}}"),
                List.of("schedule.window.to", "{'schedule': {'window': {'from': '08:00', 'to': '08:00'}}}"),
                List.of("schedule.window.to", "{'schedule': {'window': {'from': '08:00'}}}"),
                List.of(
                        "schedule.window",
                        "{'schedule': {'times': ['0 12 * * *'], 'window': {'from': '22:00', 'to': '06:00'}}}"),
                List.of("retention.daily", "{'retention': {'daily': -1}}"),
                List.of(
                        "retention",
                        "{'retention': {'last':0,'hourly':0,'daily':0,'weekly':0,'monthly':0,'yearly':0,'withinDays':0}}"),
                List.of("bandwidth.uploadBytesPerSecond", "{'bandwidth': {'uploadBytesPerSecond': 5}}"),
                List.of("bandwidth.hours[0].days", "{'bandwidth': {'hours': [{'from':'08:00','to':'09:00'}]}}"),
                List.of(
                        "bandwidth.hours[0].days",
                        "{'bandwidth': {'hours': [{'days':['Monday'],'from':'08:00','to':'09:00'}]}}"),
                List.of(
                        "bandwidth.hours[0].from",
                        "{'bandwidth': {'hours': [{'days':['MON'],'from':'x','to':'09:00'}]}}"),
                List.of("hooks.pre", "{'hooks': {'pre': [' ']}}"),
                List.of("hooks.failure", "{'hooks': {'failure': 'perhaps'}}"),
                List.of("hooks.timeoutSeconds", "{'hooks': {'timeoutSeconds': 0}}"),
                List.of("battery.abovePercent", "{'battery': {'abovePercent': 100}}"),
                List.of("compression.codec", "{'compression': {'codec': 'rar'}}"),
                List.of("compression.level", "{'compression': {'level': 20}}"),
                List.of("compression.level", "{'compression': {'codec': 'lz4', 'level': 3}}"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheMemberThatIsWrong(List<String> fieldAndDocument) {
        ProblemException refused = assertThrows(ProblemException.class, () -> {
            Policy policy = Documents.read(json(fieldAndDocument.get(1).replace('\'', '"')));
            Validity.check(Scope.COMPANY, policy);
        });
        assertEquals(fieldAndDocument.get(0), refused.problem().field(), refused.getMessage());
    }

    @Test
    void aFolderHasExcludesOnly() {
        Validity.check(Scope.PATH, Documents.read(json("{\"excludes\": [\"x\"]}")));
        ProblemException refused = assertThrows(
                ProblemException.class, () -> Validity.check(Scope.PATH, Documents.read(json("{\"copies\": 3}"))));
        assertEquals("copies", refused.problem().field());
    }

    @ParameterizedTest
    @CsvSource({
        "COMPANY, default, true",
        "COMPANY, other, false",
        "GROUP, servers, true",
        "GROUP, Servers, false",
        "GROUP, '', false",
        "SYSTEM, 17, true",
        "SYSTEM, x, false",
        "SYSTEM, 017, false",
        "PATH, 17:/home, true",
        "PATH, 17:home, false",
        "PATH, /home, false",
        "PATH, 17:/home/../x, false",
        "PATH, 17:/, true"
    })
    void namesFitTheirScope(Scope scope, String name, boolean right) {
        if (right) {
            scope.check(name);
        } else {
            assertThrows(ProblemException.class, () -> scope.check(name));
        }
    }

    /** company, group, system, what holds, where it comes from; members that are not named are null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{} | {} | {} | {} | -",
                "{'copies':2} | {} | {} | {'copies':2} | copies=[company]",
                "{'copies':2} | {'copies':3} | {} | {'copies':3} | copies=[group]",
                "{'copies':2} | {'copies':3} | {'copies':4} | {'copies':4} | copies=[system]",
                "{'copies':2} | {} | {'oneFileSystem':false} | {'oneFileSystem':false,'copies':2} | copies=[company], oneFileSystem=[system]",
                "{'oneFileSystem':true} | {'oneFileSystem':false} | {} | {'oneFileSystem':false} | oneFileSystem=[group]",
                "{'excludes':['a']} | {'excludes':['b']} | {'excludes':['!a']} | {'excludes':['a','b','!a']} | excludes=[company, group, system]",
                "{'excludes':['a']} | {} | {'excludes':['c']} | {'excludes':['a','c']} | excludes=[company, system]",
                "{'paths':['/a']} | {} | {'paths':['/b']} | {'paths':['/b']} | paths=[system]",
                "{'all':true} | {} | {'paths':['/b']} | {'paths':['/b']} | paths=[system]",
                "{'paths':['/a']} | {'all':true} | {} | {'all':true} | all=[group]",
                "{'schedule':{'times':['0 1 * * *'],'zone':'UTC'}} | {'schedule':{'times':['0 2 * * *']}} | {} | {'schedule':{'times':['0 2 * * *'],'zone':'UTC'}} | schedule.times=[group], schedule.zone=[company]",
                "{'schedule':{'window':{'from':'01:00','to':'05:00'}}} | {'schedule':{'window':{'to':'06:00'}}} | {} | {'schedule':{'window':{'from':'01:00','to':'06:00'}}} | schedule.window.from=[company], schedule.window.to=[group]",
                "{'hooks':{'pre':['a']}} | {} | {'hooks':{'pre':[]}} | {'hooks':{'pre':[]}} | hooks.pre=[system]",
                "{'retention':{'daily':7}} | {'retention':{'weekly':4}} | {'retention':{'daily':1}} | {'retention':{'daily':1,'weekly':4}} | retention.daily=[system], retention.weekly=[group]"
            })
    void narrowerScopesHideWiderOnesMemberByMember(
            String company, String group, String system, String holds, String origins) {
        Inheritance all = new Inheritance();
        all.add("company", Documents.read(json(company.replace('\'', '"'))));
        all.add("group", Documents.read(json(group.replace('\'', '"'))));
        all.add("system", Documents.read(json(system.replace('\'', '"'))));
        assertEquals(json(holds.replace('\'', '"')), Documents.object(all.policy()));
        assertEquals(origins == null ? "" : origins, words(all.origins()));
    }

    private static String words(Map<String, List<String>> origins) {
        String text = origins.toString();
        return text.substring(1, text.length() - 1);
    }

    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
