using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>Asks only what a request still misses, one tap each; the address that mails and chats lead to.</summary>
internal sealed class CompletePage(ReadRequest read, ChangeTicket change, PortalDb db, Me me) : PageModel
{
    [BindProperty(SupportsGet = true)] public int Number { get; set; }
    [BindProperty] public Impact? Impact { get; set; }
    [BindProperty] public Urgency? Urgency { get; set; }
    [BindProperty] public string? System { get; set; }
    [BindProperty] public Sensitivity? Sensitivity { get; set; }
    /// <summary>By the name of the environment field.</summary>
    [BindProperty] public Dictionary<string, string?> Facts { get; set; } = [];
    [BindProperty] public List<EnvironmentField> Unknown { get; set; } = [];

    public RequestHead Head { get; private set; } = null!;
    public bool PersonTold { get; private set; }
    /// <summary>What an engineer asked for besides, and nobody has answered yet.</summary>
    public IReadOnlyList<EnvironmentField> Fields { get; private set; } = [];
    public IReadOnlyList<string> Systems { get; private set; } = [];
    public Refusal? Refused { get; private set; }
    public string RequestPage => $"/c/{me.Client!.Slug}/requests/{Number}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) is { } answer ? answer : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is { } answer) return answer;
        var answers = new GivenAnswers(Impact, Urgency, System is null ? null : CleanText.FirstLine(System), Sensitivity, Facts.Where(f => Fields.Any(field => field.ToString() == f.Key)).ToDictionary()) { Unknown = [.. Unknown.Intersect(Fields)] };
        Refused = await change.RunAsync(Head.Id, (ticket, now) => answers.Into(ticket, me.AsActor(), now), cancel);
        if (Refused is not null) return Page();
        return await LoadAsync(cancel) is null ? Redirect($"{RequestPage}/complete") : Redirect(RequestPage);
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancel)
    {
        if (await read.AskedAsync(Number, cancel) is not var (head, asked)) return NotFound();
        Fields = head.IsOpen ? asked : [];
        if (head.Missing.Count == 0 && Fields.Count == 0) return Redirect(RequestPage);
        Head = head;
        PersonTold = await db.Events.AnyAsync(e => e.TicketId == head.Id && e.Kind == TicketEventKind.Alerted, cancel);
        Systems = await db.Systems.AsNoTracking().OrderBy(s => s.Name).Select(s => s.Name).Take(50).ToListAsync(cancel);
        return null;
    }
}
