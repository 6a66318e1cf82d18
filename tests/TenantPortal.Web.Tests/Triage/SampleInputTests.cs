using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Triage;

/// <summary>A client's own articles and twenty reports in people's words, sent through the use cases behind the form: nobody's words end in nothing.</summary>
public sealed class SampleInputTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly string Sample = Path.Combine(Server.Folder, "tests", "TenantPortal.Bench", "Sample");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sample_report_gets_a_number_a_verdict_with_reasons_and_a_guide_or_a_person()
    {
        await Desk.FurnishAsync(portal);
        var acorn = portal.World.Acorn;
        var (imported, refusal) = await portal.AsAsync(acorn.Id, s => s.GetRequiredService<ImportArticles>().RunAsync(Path.Combine(Sample, "corpus.jsonl"), "sam", Cancel));
        Assert.Null(refusal);
        Assert.Equal(20, imported!.Published.Published);
        var (numbers, offers) = (new HashSet<int>(), 0);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Sample, "queries.jsonl"), Cancel))
        {
            var words = JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!;
            var (id, offered) = await SubmitAsync(words);
            var ticket = await portal.AsAsync(acorn.Id, s => s.GetRequiredService<PortalDb>().Tickets.AsNoTracking().SingleAsync(t => t.Id == id, Cancel));
            Assert.True(ticket.Number > 0 && numbers.Add(ticket.Number), $"no number of its own: {words}");
            Assert.True(ticket.Verdict is { Reasons.Count: > 0 }, $"a verdict without reasons: {words}");
            Assert.True(offered is not null || ticket.HandedOffAt is not null, $"neither a guide nor a person: {words}");
            if (offered is not null) offers++;
        }
        Assert.Equal(20, numbers.Count);
        // where every text is handed over, guides are not offered at all
        Assert.True(offers >= 10, $"a guide was offered for {offers} of 20");
    }

    // as the third screen of the form sends it
    private Task<(TicketId Ticket, string? Offered)> SubmitAsync(string words) => portal.AsAsync(portal.World.Acorn.Id, async services =>
    {
        var acorn = portal.World.Acorn;
        var opened = await services.GetRequiredService<OpenTicket>().RunAsync(new()
        {
            Report = new() { Subject = "", Text = words, Impact = Impact.One, Urgency = Urgency.Slowed }, ContactId = acorn.Employee.Id, SubmissionKey = Guid.CreateVersion7(), By = Desk.Eve(acorn),
        }, Cancel);
        return (opened!.Ticket.Id, await services.GetRequiredService<OfferGuide>().RunAsync(opened.Ticket, Cancel));
    });
}
