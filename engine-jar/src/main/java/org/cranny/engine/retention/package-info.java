/** Which snapshots stay, and how a source without central gives up and clears away the others. */
package org.cranny.engine.retention;
