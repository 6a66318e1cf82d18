namespace TenantPortal.Bench.Pages;

/// <summary>One seeded report: who wrote it, when, and what; the replies of the long one follow in turn.</summary>
internal sealed record BenchTicket(int Client, int Contact, int HoursAgo, string Text, IReadOnlyList<string> Replies)
{
    public static string SubjectOf(string text) => text[..(text.IndexOf('.', StringComparison.Ordinal) + 1)];
}

/// <summary>The rows of both programs, always the same: everyday reports of a vocabulary in which the three search words also stand alone. Nothing in it sounds
/// like an outage of many: such a report is sent from the form's first screen, and the measured way is the whole form.</summary>
internal sealed class BenchTickets(int clients, int tickets, int seed = 20_000)
{
    public const int ContactsPerClient = 10, Together = 31, MessagesOfTheLongOne = 20;
    public static readonly string[] SearchWords = ["scanner", "docking", "freezes"];
    public const string LongOne = "Shared calendar shows the wrong meetings.";

    private static readonly string[] Starts = ["Outlook", "The printer", "My laptop", "Teams", "The VPN", "Excel", "The browser", "My password", "The shared drive", "The scanner", "The second screen", "My phone", "The docking station", "Zoom", "OneDrive"];
    private static readonly string[] Faults = ["does not open", "is very slow", "asks for a sign-in again and again", "shows an error", "stopped after the update", "prints blank pages", "loses the connection", "freezes", "has no sound", "does not sync", "is missing a file"];
    private static readonly string[] Words = [.. """
        since this morning after lunch when I start it the window stays white then closes my colleague has the same on another machine we restarted twice and it came back for an hour
        nothing changed that I know of except the new cable under the desk the light is green the message said to try later I need it for the invoice run before the end of the week
        please call me on the desk phone it works at home but not in the office only with the large file from accounts the visitor is waiting at the counter scanner docking freezes
        folder network cable battery screen keyboard licence account mailbox attachment meeting room projector camera microphone update restart driver profile certificate gateway tray paper toner queue
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    private readonly Random random = new(seed);

    public IEnumerable<BenchTicket> All()
    {
        yield return new(0, 0, 30, Report(LongOne), [.. Enumerable.Range(2, MessagesOfTheLongOne - 1).Select(n => Sentence($"Message {n}:", 25))]);
        for (var i = 1; i < tickets; i++)
        {
            var together = i % (tickets / Together) == 1 && i / (tickets / Together) < Together;
            yield return new(i % clients, i / clients % ContactsPerClient, random.Next(1, 72), together ? Report("The scanner at the docking station freezes.") : Apart(), []);
        }
    }

    /// <summary>Texts to be sent while the clock runs, one after the other without end.</summary>
    public static IEnumerator<string> Texts(int seed)
    {
        var source = new BenchTickets(1, 1, seed);
        while (true) yield return source.Apart();
    }

    // all three words stand together in the chosen tickets only
    private string Apart()
    {
        var text = Report(Subject());
        return Array.TrueForAll(SearchWords, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? text.Replace("freezes", "stops", StringComparison.Ordinal) : text;
    }

    private string Subject() => $"{Starts[random.Next(Starts.Length)]} {Faults[random.Next(Faults.Length)]}.";

    private string Report(string subject) => $"{subject} {Sentence("It happens", 40)} {Sentence("Also", 20)}";

    private string Sentence(string start, int length) => $"{start} {string.Join(' ', Enumerable.Range(0, length).Select(_ => Words[random.Next(Words.Length)]))}.";
}
