using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SignInHelp;

public sealed class IdentityInput
{
    public Guid? Manager { get; set; }
    public bool Spoke { get; set; }
    public Guid? AlsoTo { get; set; }
    public string? Code { get; set; }
}

/// <summary>Where an engineer makes sure who could not sign in, before anything is said or done for them.</summary>
internal sealed class IdentityPage(VerifyIdentity verify, ClientDirectory clients, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")] public string? Query { get; set; }
    [BindProperty(SupportsGet = true, Name = "who")] public Guid? Who { get; set; }
    [BindProperty] public IdentityInput Input { get; set; } = new();
    public IdentityView View { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public Contact? Chosen { get; private set; }
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public string Reference => $"{Client.TicketPrefix}-{View.Ticket.Number}";
    public string Address => $"/desk/tickets/{Reference}";
    public IEnumerable<Contact> Colleagues => View.Managers.Where(m => m.Id != Chosen?.Id);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await LoadAsync(reference, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCallbackAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (!Input.Spoke) return Refused(words["SayYouSpoke"]);
        return Answer(await verify.CalledBackAsync(View, new(Who ?? Guid.Empty), AlsoTo, cancel), Address, words["VerifiedDone"]);
    }

    public async Task<IActionResult> OnPostCodeAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        return Answer(await verify.SendCodeAsync(View, new(Who ?? Guid.Empty), new(Input.Manager ?? Guid.Empty), cancel), $"{Address}/identity?who={Who}", words["CodeSent"]);
    }

    public async Task<IActionResult> OnPostCheckAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        return Answer(await verify.CheckCodeAsync(View, Input.Code, AlsoTo, cancel), Address, words["VerifiedDone"]);
    }

    private ContactId? AlsoTo => Input.AlsoTo is { } id ? new(id) : null;

    private IActionResult Answer(Refusal? refusal, string next, string done)
    {
        if (refusal is not null) return Refused(refusal.Sentence);
        Done = done;
        return Redirect(next);
    }

    private PageResult Refused(string sentence)
    {
        Problem = sentence;
        return Page();
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not { } parsed || await verify.ReadAsync(parsed, Query, cancel) is not { } view) return false;
        (View, Client) = (view, parsed.Client);
        Chosen = Who is { } who ? view.Candidates.FirstOrDefault(c => c.Id.Value == who) : view.Candidates is [var only] ? only : null;
        Who = Chosen?.Id.Value;
        return true;
    }
}
