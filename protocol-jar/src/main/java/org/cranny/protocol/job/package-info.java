/** Work that central gives a source: what it is, who has it, how it goes, how it ended. */
package org.cranny.protocol.job;
