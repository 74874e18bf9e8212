/** What a source keeps at home, so that it knows its backups without asking anyone. */
package org.cranny.engine.source;
