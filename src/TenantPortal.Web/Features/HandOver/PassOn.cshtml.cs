using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.HandOver;

public sealed class PassOnInput
{
    public int? Tier { get; set; }
    public string? Queue { get; set; }
    public Guid? Staff { get; set; }
    public string? Category { get; set; }
    public string? Text { get; set; }
    public string? Without { get; set; }
    public int Seen { get; set; }
    public string? What { get; set; }
    public DeskOutcome? Outcome { get; set; }
}

/// <summary>The page on which one engineer gives a ticket to the next line.</summary>
internal sealed class PassOnPage(ReadPassOn read, PassOnTicket passOn, RecordWork work, ChangeTicket change, ClientDirectory clients, Me me, IStringLocalizer<Words> words, IStringLocalizer<Desk.Words> deskWords) : PageModel
{
    [BindProperty] public PassOnInput Input { get; set; } = new();
    public PassOnView View { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public Ticket Ticket => View.Ticket;
    public string Reference => View.HandOff.Reference;
    public string Address => $"/desk/tickets/{Reference}";
    public IEnumerable<StaffMember> Holders => passOn.Holders(Ticket.TenantId);
    /// <summary>The next line up, unless another was chosen.</summary>
    public int Tier => Input.Tier ?? Math.Min(Ticket.HighestTier, Ticket.Tier + 1);
    public string Note => Input.Text ?? View.Draft;
    public string Category => Input.Category ?? View.Suggested;
    public string CategoryTitle(string id) => View.Categories.FirstOrDefault(c => c.Id == id)?.Title ?? id;
    public string Asked(string key) => deskWords["AskFor" + key];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await LoadAsync(reference, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostPassAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (await passOn.RunAsync(View, Tier, Input.Queue, Input.Staff is { } id ? new(id) : null, Input.Category, Input.Text ?? "", Input.Without, Input.Seen, cancel) is { } refusal) return Refused(refusal.Sentence);
        Done = words["PassedDone", words["TierN", Tier]];
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostAskAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        var first = View.HandOff.Person.FirstName;
        if (View.AskedAt is not null) return Refused(words["AskedAlready", first]);
        var question = deskWords["AskText", first, string.Join(", ", View.Missing.Select(Asked))];
        if (await change.RunAsync(Client.Id, Ticket.Id, (ticket, now) => ticket.Ask(View.Missing, question, me.AsActor(), now), cancel) is { } refusal) return Refused(refusal.Sentence);
        Done = deskWords["AskDone", first];
        return Redirect($"{Address}/pass-on");
    }

    public async Task<IActionResult> OnPostTriedAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (await work.InWordsAsync(Ticket, Input.What, Input.Outcome is { } outcome && Enum.IsDefined(outcome) ? outcome : DeskOutcome.Failed, cancel) is { } refusal) return Refused(refusal.Sentence);
        Done = words["TriedDone"];
        return Redirect($"{Address}#tried");
    }

    private PageResult Refused(string sentence)
    {
        Problem = sentence;
        return Page();
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not { } parsed || await read.RunAsync(parsed, cancel) is not { } view) return false;
        (View, Client) = (view, parsed.Client);
        return true;
    }
}
