/** Makes a source's records again from its key ring and from what central knows. */
package org.cranny.engine.rebuild;
