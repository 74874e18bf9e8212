/** Lists directories ahead of the one who reads them, and opens files for reading without being led astray. */
package org.cranny.engine.walk;
