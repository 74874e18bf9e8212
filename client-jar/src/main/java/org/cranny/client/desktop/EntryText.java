package org.cranny.client.desktop;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/** An entry of a snapshot as it goes over the socket: all that is restored of it but its content. */
final class EntryText {
    /** Kept, because to find one costs more than to use it. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private EntryText() {}

    static JsonObjectBuilder of(Entry entry) {
        JsonObjectBuilder object = JSON.createObjectBuilder()
                .add("name", PathNotation.of(entry.name()))
                .add("type", entry.type().name());
        if (!entry.attributes().equals(Attributes.HIDDEN)) {
            object.add("attributes", attributes(entry.attributes())).add("linkGroup", entry.linkGroup());
        }
        if (entry.thing() instanceof Thing.File file) {
            object.add("size", file.size());
        } else if (entry.thing() instanceof Thing.Symlink link) {
            object.add("target", octets(link.target()));
        } else if (entry.thing() instanceof Thing.Special special) {
            object.add("major", special.major()).add("minor", special.minor());
        }
        return object;
    }

    private static JsonObjectBuilder attributes(Attributes attributes) {
        JsonArrayBuilder xattrs = JSON.createArrayBuilder();
        attributes
                .xattrs()
                .forEach(xattr -> xattrs.add(JSON.createObjectBuilder()
                        .add("name", octets(xattr.name()))
                        .add("value", octets(xattr.value()))));
        return JSON.createObjectBuilder()
                .add("mode", attributes.mode())
                .add("uid", attributes.uid())
                .add("gid", attributes.gid())
                .add("user", attributes.user())
                .add("group", attributes.group())
                .add("seconds", attributes.mtimeSeconds())
                .add("nanos", attributes.mtimeNanos())
                .add("xattrs", xattrs);
    }

    private static String octets(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** @throws RuntimeException when it cannot be meant */
    static Entry entry(JsonObject object) throws MalformedException {
        JsonObject attributes = object.getJsonObject("attributes");
        return new Entry(
                PathNotation.octets(object.getString("name")),
                attributes == null ? Attributes.HIDDEN : attributes(attributes),
                thing(FileType.valueOf(object.getString("type")), object),
                attributes == null ? 0 : number(object, "linkGroup"));
    }

    private static Thing thing(FileType type, JsonObject object) {
        return switch (type) {
            case FILE -> new Thing.File(number(object, "size"), Content.EMPTY, DataMap.DENSE);
            case DIRECTORY -> new Thing.Directory(ChunkId.of(new byte[ChunkId.LENGTH]));
            case SYMLINK -> new Thing.Symlink(octets(object, "target"));
            default -> new Thing.Special(type, number(object, "major"), number(object, "minor"));
        };
    }

    private static Attributes attributes(JsonObject object) {
        List<Xattr> xattrs = new ArrayList<>();
        object.getJsonArray("xattrs")
                .getValuesAs(JsonObject.class)
                .forEach(xattr -> xattrs.add(new Xattr(octets(xattr, "name"), octets(xattr, "value"))));
        return new Attributes(
                object.getInt("mode"),
                number(object, "uid"),
                number(object, "gid"),
                object.getString("user"),
                object.getString("group"),
                number(object, "seconds"),
                object.getInt("nanos"),
                xattrs);
    }

    private static byte[] octets(JsonObject object, String name) {
        return Base64.getDecoder().decode(object.getString(name));
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name).longValueExact();
    }
}
