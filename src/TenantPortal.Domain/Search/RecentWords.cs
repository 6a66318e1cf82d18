using System.Collections.Concurrent;

namespace TenantPortal.Domain.Search;

/// <summary>What one snapshot made of the words asked for last, as many as <paramref name="most"/>; a ticket is opened again and again, and its words come back.</summary>
internal sealed class RecentWords(int most)
{
    private readonly ConcurrentDictionary<string, WordReading> readings = new(StringComparer.Ordinal);
    private int kept;

    // "does" of doesn't has another stem than does
    public WordReading? Find(Token word) => readings.TryGetValue(word.Text, out var reading) && reading.Stem.Equals(word.Stem, StringComparison.Ordinal) ? reading : null;

    public void Keep(Token word, WordReading reading)
    {
        // all go at once: those still in use are back after the next search
        if (Interlocked.Increment(ref kept) > most)
        {
            readings.Clear();
            Interlocked.Exchange(ref kept, 1);
        }

        readings[word.Text] = reading;
    }
}
