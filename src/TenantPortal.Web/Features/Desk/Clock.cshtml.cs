using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

public sealed class HoldInput
{
    public HoldReason? Reason { get; set; }
    public string? What { get; set; }
    /// <summary>Day and minute by the client's wall clock.</summary>
    public string? Until { get; set; }
}

/// <summary>Why a ticket's clocks stand where they stand, minute by minute, and the verbs that let them rest.</summary>
internal sealed class ClockPage(ReadClocks read, ChangeTicket change, ClientDirectory clients, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    private const int LongestText = 500;
    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    [BindProperty] public HoldInput Input { get; set; } = new();
    public ClocksView View { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public ClockSaid Said { get; private set; } = null!;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public Ticket Ticket => View.Ticket;
    public string Text => ClockText.Of(View, Said);
    /// <summary>The latest round is the one people ask about.</summary>
    public IEnumerable<(ExplainedTarget Target, IEnumerable<Domain.Sla.ClockExplanation> Rounds)> Targets => View.Account.Targets.Select(t => (t, t.Rounds.Reverse()));

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await LoadAsync(reference, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostHoldAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (Input.Reason is not { } reason || !Enum.IsDefined(reason)) return Refused(words["HoldPick"]);
        if (Input.What?.Length > LongestText) return Refused(words["TextTooLong", Input.What.Length]);
        if (!TryReadUntil(out var until)) return Refused(words["HoldUntilWrong"]);
        if (reason == HoldReason.Contact && View.ContactWroteLast) return Refused(words["HoldContactWrote", View.FirstName]);
        return await ActAsync((ticket, now) => ticket.Hold(reason, Input.What, until, me.AsActor(), now), words["HoldDone"], cancel);
    }

    public async Task<IActionResult> OnPostResumeAsync(string reference, CancellationToken cancel) =>
        await LoadAsync(reference, cancel) ? await ActAsync((ticket, now) => ticket.Resume(me.AsActor(), now), words["ResumeDone"], cancel) : NotFound();

    private async Task<IActionResult> ActAsync(Func<Ticket, DateTimeOffset, Refusal?> verb, string done, CancellationToken cancel)
    {
        if (await change.RunAsync(Client.Id, Ticket.Id, verb, cancel) is { } refusal) return Refused(refusal.Sentence);
        Done = done;
        return Redirect($"/desk/tickets/{View.Reference}/clock");
    }

    private PageResult Refused(string sentence)
    {
        Problem = sentence;
        return Page();
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not { } parsed || await read.RunAsync(parsed.Client.Id, parsed.Number, cancel) is not { } view) return false;
        (View, Client, zone) = (view, parsed.Client, TimeZoneInfo.FindSystemTimeZoneById(parsed.Client.TimeZone));
        Said = new(zone, view.Ticket.OpenedAt, view.Ticket.ResolvedAt, time.GetUtcNow());
        return true;
    }

    // an hour that is skipped is read as the one after it, one that comes twice as the first
    private bool TryReadUntil(out DateTimeOffset? until)
    {
        until = null;
        if (string.IsNullOrWhiteSpace(Input.Until)) return true;
        if (!DateTime.TryParseExact(Input.Until, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) || wall.Year is < 2000 or > 9000) return false;
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        until = new DateTimeOffset(wall, offset).ToUniversalTime();
        return true;
    }
}
