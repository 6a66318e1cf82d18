using System.Text.Json;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Web.Tests.Triage;

/// <summary>What a rule would have changed in 10,000 past tickets is counted by the rules as they are shipped.</summary>
public sealed class ReplayTimeTests(ITestOutputHelper output)
{
    [Fact]
    public void Ten_thousand_past_tickets_are_judged_twice_and_only_outages_differ()
    {
        var rules = ShippedRules.Of("northwind");
        var terms = new ServiceTerms(null, [], "Europe/London", []);
        var (holding, other) = (new RulesInForce(rules, terms), new RulesInForce(rules.With([]), terms));
        var texts = File.ReadAllLines(Path.Combine(Server.Folder, "tests", "TenantPortal.Bench", "Sample", "queries.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).Append("Tills hanging since lunch, queue to the door").ToList();
        var opened = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
        var past = Enumerable.Range(0, RuleReplay.MostTickets).Select(i => new PastTicket(i, opened.AddMinutes(i), new() { Subject = CleanText.FirstLine(texts[i % texts.Count]), Text = texts[i % texts.Count] }, RecentHistory.Empty, null, opened.AddMinutes(i + 20), null)).ToList();
        var began = TimeProvider.System.GetTimestamp();
        var changed = past.Select(ticket => RulesTrial.Compare(ticket, holding, other, opened.AddDays(30))).OfType<ChangedTicket>().ToList();
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{past.Count} tickets in {took.TotalSeconds:f2} s, {changed.Count} would differ");
        // without its clauses, the till is no P1 any more, and nothing else is another
        Assert.All(changed, c => Assert.Equal(Priority.P1, c.PriorityWas));
        Assert.InRange(changed.Count, RuleReplay.MostTickets / texts.Count, RuleReplay.MostTickets / 2);
    }
}
