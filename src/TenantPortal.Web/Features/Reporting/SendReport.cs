using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>Makes the ticket of a draft and says where the person goes next.</summary>
public sealed class SendReport(OpenTicket openTicket, OfferGuide offerGuide, ReaderFacts facts, BeforeSending before, Drafts drafts, Me me)
{
    /// <returns>The address of the next page.</returns>
    public async Task<string> RunAsync(Guid draft, ReportForm form, IReadOnlyList<Chip> chips, IReadOnlyDictionary<string, string> answers, CancellationToken cancel)
    {
        var reader = GuideReader.Of(me.Contact);
        drafts.Leave();
        var opened = await openTicket.RunAsync(new()
        {
            Report = ReportOf(form, answers), ContactId = me.Contact.Id, Sender = new(me.Contact.TenantId, me.Contact.SiteId, me.Contact.DeviceId), DeviceId = IdOf(answers, Chips.Device) is { } device ? new DeviceId(device) : null, SubmissionKey = draft, By = me.AsActor(),
            Facts = [.. chips.Select(chip => FactOf(chip, answers.GetValueOrDefault(chip.Key, ""), form)).OfType<FoundFact>()],
            Files = [.. form.Files.Select(f => new SentFile(f.Id, f.Name))], IsOffered = true,
            BeforeOffer = (site, device) => facts.Ask(reader with { Site = site, Device = device }),
            Offer = (ticket, terms, stop) => offerGuide.AddAsync(ticket, reader with { Site = ticket.SiteId, Device = ticket.DeviceId }, terms, stop),
        }, cancel) ?? throw new InvalidOperationException("The signed-in contact is not one of this client's.");
        if (!opened.AlreadySent && drafts.HasTrail) await before.LedToAsync(opened.Ticket, cancel);
        var isOffered = opened.AlreadySent ? await AgainAsync(opened.Ticket, draft, cancel) : opened.Ticket.IsTryingGuide;
        var page = $"/c/{me.Client!.Slug}/requests/{opened.Ticket.Number}";
        if (!opened.Ticket.GateComplete && opened.Ticket.Verdict is { LooksUrgent: true }) return $"{page}/complete";
        // beside an urgent request, which a person has already, a guide is only offered
        return isOffered && opened.Ticket.Priority != Priority.P1 ? $"{page}/guide?sent=true" : $"{page}?sent=true";
    }

    // the ticket may be one whose offer failed, or whose draft another screen wrote again
    private async Task<bool> AgainAsync(Ticket ticket, Guid draft, CancellationToken cancel)
    {
        await drafts.RemoveAsync(draft, cancel);
        return await offerGuide.RunAsync(ticket, cancel) is not null;
    }

    private static Report ReportOf(ReportForm form, IReadOnlyDictionary<string, string> answers) => new()
    {
        Subject = "", Text = form.Text, Channel = Channel.Portal, Impact = form.Impact, Urgency = form.Urgency, ErrorText = form.Error,
        AffectedSystem = answers.GetValueOrDefault(Chips.System) is { } system && system is not ("" or Chip.Unknown) ? system : null,
        Sensitivity = Enum.TryParse<Sensitivity>(answers.GetValueOrDefault(Chips.Sensitivity), out var sensitivity) ? sensitivity : null,
        SiteId = IdOf(answers, Chips.Site) is { } site ? new SiteId(site) : null,
    };

    private static FoundFact? FactOf(Chip chip, string answer, ReportForm form)
    {
        if (chip.Field is not { } field || answer.Length == 0) return null;
        if (answer == Chip.Unknown) return new(field, "", FactSource.DoesNotKnow);
        var source = form.Offered.GetValueOrDefault(chip.Key) is { } offered && offered.Value == answer ? offered.Source : FactSource.Asked;
        return new(field, chip.TextOf(answer) ?? answer, source);
    }

    private static Guid? IdOf(IReadOnlyDictionary<string, string> answers, string chip) => Guid.TryParse(answers.GetValueOrDefault(chip), out var id) ? id : null;
}
