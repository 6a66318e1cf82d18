using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Knowledge;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.SelfService;

public sealed class OfferGuideTests(Portal portal) : IClassFixture<Portal>, IAsyncLifetime
{
    private World.Twin Acorn => portal.World.Acorn;

    public async ValueTask InitializeAsync() => await GuideWorld.FurnishAsync(portal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_no_guide_fits_goes_to_a_person_with_the_reason()
    {
        var (ticket, slug) = await portal.AskAsync(Acorn, "Unicorn wanted", "Please bring a purple unicorn.");
        Assert.Null(slug);
        var read = await portal.ReadAsync(ticket);
        Assert.Equal("No guide fits well enough.", Assert.Single(read.Events, e => e.Kind == TicketEventKind.HandedOff).Detail["reason"]);
        Assert.Empty(await portal.AttemptsAsync(ticket));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_offered_one_guide()
    {
        var (ticket, first) = await portal.AskAsync(Acorn);
        Assert.Equal(first, await portal.OfferAsync(ticket));
        Assert.Single(await portal.AttemptsAsync(ticket));
    }

    [Fact]
    public async Task For_a_P1_a_person_comes_first_and_the_guide_is_beside_it()
    {
        var (ticket, slug) = await portal.AskAsync(Acorn, "All tills are down", "All tills are down. And how do I descale the kettle? I want to descale the kettle.");
        Assert.Equal((Priority.P1, "descale-the-kettle"), (ticket.Priority, slug));
        var read = await portal.ReadAsync(ticket);
        Assert.False(read.IsTryingGuide);
        var kinds = read.Events.Select(e => e.Kind).ToList();
        Assert.InRange(kinds.IndexOf(TicketEventKind.HandedOff), kinds.IndexOf(TicketEventKind.Alerted), kinds.IndexOf(TicketEventKind.GuideOffered));
        // the optional guide ends in silence without a second hand-off
        portal.Clock.PutForward(TimeSpan.FromDays(4));
        await portal.ListenAsync(Assert.Single(await portal.AttemptsAsync(ticket)));
        Assert.Single((await portal.ReadAsync(ticket)).Events, e => e.Kind == TicketEventKind.HandedOff);
    }

    [Fact]
    public async Task A_report_about_security_gets_the_security_guide_or_a_person()
    {
        var (person, none) = await portal.AskAsync(Acorn, "Descale the kettle", "I want to descale the kettle because we were hacked.");
        Assert.Null(none);
        Assert.Single((await portal.ReadAsync(person)).Events, e => e.Kind == TicketEventKind.HandedOff);
        var (_, slug) = await portal.AskAsync(Acorn, "Report phishing", "I want to report phishing.");
        Assert.Equal("report-phishing", slug);
    }

    [Fact]
    public async Task The_choice_is_on_record_with_its_candidates()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var record = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Decisions.SingleAsync(d => d.TicketId == ticket.Id.Value && d.Kind == "guide-offer", GuideWorld.Cancel));
        using var output = JsonDocument.Parse(record.Output);
        Assert.Equal("descale-the-kettle", output.RootElement.GetProperty("chosen").GetString());
        Assert.True(output.RootElement.GetProperty("candidates").GetArrayLength() >= 2);
        Assert.DoesNotContain("limescale", record.Inputs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_is_made_once_more_from_what_was_kept_and_an_altered_one_is_found()
    {
        var (ticket, _) = await portal.AskAsync(Acorn);
        var record = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Decisions.AsNoTracking().SingleAsync(d => d.TicketId == ticket.Id.Value && d.Kind == "guide-offer", GuideWorld.Cancel));
        Assert.Equal((true, "descale-the-kettle"), (ReplayedOffer.Of(record) is var same ? (same.IsSame, same.ChosenNow) : default));

        // another guide in its place, another bar, another risk: each is told from what was decided
        foreach (var (inputs, output) in new[]
        {
            (record.Inputs, record.Output.Replace("\"chosen\": \"descale-the-kettle\"", "\"chosen\": \"report-phishing\"", StringComparison.Ordinal)),
            (Regex.Replace(record.Inputs, "\"(least[A-Za-z]+)\": [0-9.]+", "\"$1\": 1.1"), record.Output),
            (record.Inputs.Replace("\"risks\": \"None\"", "\"risks\": \"Security\"", StringComparison.Ordinal), record.Output),
        })
        {
            Assert.NotEqual((record.Inputs, record.Output), (inputs, output));
            var altered = ReplayedOffer.Of(new() { TenantId = record.TenantId, TicketId = record.TicketId, Kind = record.Kind, At = record.At, Inputs = inputs, Output = output });
            Assert.False(altered.IsSame);
        }
    }
}
