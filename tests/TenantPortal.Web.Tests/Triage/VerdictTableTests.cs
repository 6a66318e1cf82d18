using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Infrastructure.Content;

namespace TenantPortal.Web.Tests.Triage;

/// <summary>Sentences as people write them, judged by the shipped words and the contracts of the demo clients; sentences.tsv says what is expected of each.</summary>
public sealed class VerdictTableTests(ITestOutputHelper output)
{
    private static readonly string[] Clients = ["northwind", "harbour", "larch"];
    private static readonly Lazy<Dictionary<string, CompiledRules>> Rules = new(() => Clients.ToDictionary(c => c, ShippedRules.Of));
    private static readonly Lazy<Dictionary<string, string>> ClauseRefs = new(() => Clients.SelectMany(c => ShippedRules.Files(c).Clauses).ToDictionary(c => c.Title, c => c.Ref));

    [Fact]
    public void Every_sentence_gets_the_priority_category_and_clause_that_a_person_would_give_it()
    {
        var rows = File.ReadLines(Path.Combine(Server.Folder, "tests", "TenantPortal.Web.Tests", "Triage", "sentences.tsv")).Skip(1).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToList();
        var wrong = rows.Select(Judge).OfType<string>().ToList();
        output.WriteLine($"{rows.Count - wrong.Count} of {rows.Count} as expected");
        Assert.True(rows.Count >= 120, $"{rows.Count} sentences");
        Assert.Equal(Clients.Order(), rows.Select(r => r[1]).Distinct().Order());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_demo_tickets_that_get_a_clause_are_those_whose_story_holds_it()
    {
        var quoted = new List<string>();
        foreach (var client in Clients)
            foreach (var ticket in ShippedRules.Files(client).Tickets)
            {
                var verdict = TriageVerdict.For(ReportOf(ticket, client), Rules.Value[client], RecentHistory.Empty);
                var clause = verdict.Clause is null ? "-" : ClauseRefs.Value[verdict.Clause.Title];
                output.WriteLine($"{ticket.Ref}\t{verdict.Priority}\t{verdict.Category}\t{clause}\t{verdict.AffectedSystem}\t{ticket.Impact}/{ticket.Urgency}\t{ticket.Category}\t{ticket.Subject} // {ticket.Text}");
                if (verdict.Clause is not null) quoted.Add($"{ticket.Ref} {clause}");
            }
        // read by eye: four tills, the shop's web pages, card machines, both surgeries' records, a prescription printer, one refused evening of returns
        Assert.Equal(["hbc-p39 prescribing-down", "hbc-p40 clinical-down", "lva-p07 filing-deadline", "nwo-l10 pos-outage", "nwo-p03 web-shop-down", "nwo-p27 card-payments", "nwo-p44 card-payments", "nwo-p47 pos-outage", "nwo-p61 pos-outage", "nwo-p72 pos-outage", "nwo-p74 pos-outage"],
            quoted.Order(StringComparer.Ordinal));
    }

    private static string? Judge(string[] row)
    {
        var said = row[0].Split(" // ", 2);
        var report = new Report { Subject = said[0], Text = said.ElementAtOrDefault(1) ?? "", Impact = Choice<Impact>(row[2]), Urgency = Choice<Urgency>(row[3]) };
        var verdict = TriageVerdict.For(report, Rules.Value[row[1]], RecentHistory.Empty);
        var clause = verdict.Clause is null ? "-" : ClauseRefs.Value[verdict.Clause.Title];
        if ($"{verdict.Priority}" == row[4] && row[5] is var category && (category == "-" || category == verdict.Category) && clause == row[6]) return null;
        var reasons = string.Join(' ', verdict.Reasons.Where(r => r.Field is "category" or "priority" or "clause").Select(r => r.Sentence));
        return $"{row[1]} {row[2]}/{row[3]}: {row[0]}\n    expected {row[4]} {row[5]} {row[6]}, got {verdict.Priority} {verdict.Category} {clause}: {reasons[..Math.Min(300, reasons.Length)]}";
    }

    private static T? Choice<T>(string text) where T : struct, Enum => text == "-" ? null : Enum.Parse<T>(text, ignoreCase: true);

    private static Report ReportOf(TicketEntry ticket, string client) => new()
    {
        Subject = ticket.Subject, Text = ticket.Text, Impact = ticket.Impact, Urgency = ticket.Urgency, ErrorText = ticket.Error,
        AffectedSystem = ticket.System is { } system ? ShippedRules.Files(client).Systems.First(s => s.Ref == system).Name : null,
    };
}
