package org.cranny.client.cli;

import java.util.Locale;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.Compression;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A codec, and its level where it has some: {@code none}, {@code lz4}, {@code zstd:19}. */
final class CompressionWord implements ITypeConverter<Compression> {

    @Override
    public Compression convert(String typed) {
        String[] parts = typed.toUpperCase(Locale.ROOT).split(":", 2);
        try {
            Codec codec = Codec.valueOf(parts[0]);
            return parts.length == 2 ? new Compression(codec, Integer.parseInt(parts[1])) : Compression.usual(codec);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + typed + "' is no compression. Write none, lz4, zstd, zstd:1 to zstd:19, xz or xz:0 to xz:9");
        }
    }
}
