using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Web.Features.Shared;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Reporting;

/// <summary>The forms of the client, by group.</summary>
internal sealed class AskListPage(PortalDb db) : PageModel
{
    public IReadOnlyList<IGrouping<string, RequestType>> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Groups = [.. (await db.RequestTypes.AsNoTracking().Where(r => r.IsActive).OrderBy(r => r.Group).ThenBy(r => r.Title).ToListAsync(cancel)).GroupBy(r => r.Group)];
}

/// <summary>One form: its fields by type, conditional ones by a round trip, everything kept on an error.</summary>
internal sealed class AskPage(PortalDb db, OpenTicket openTicket, AskLists lists, Me me, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Slug { get; set; } = "";
    [BindProperty] public Guid Key { get; set; }

    public RequestType Type { get; private set; } = null!;
    public AskForm Form { get; private set; } = null!;
    public List<Problem> Problems { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Key = Guid.CreateVersion7();
        return await LoadAsync(_ => [], cancel) ? Page() : NotFound();
    }

    /// <summary>Shows the questions that hang on what is answered so far; nothing is sent.</summary>
    public async Task<IActionResult> OnPostMoreAsync(CancellationToken cancel) => await LoadAsync(Posted, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(Posted, cancel)) return NotFound();
        Problems.AddRange(Form.Check());
        if (Problems.Count > 0) return Page();
        var answered = Form.Text();
        var opened = await openTicket.RunAsync(new()
        {
            Report = new Report { Subject = CleanText.FirstLine(Subject()), Text = answered, Channel = Channel.Portal, FormCategory = Type.Category, Impact = Impact.One, Urgency = Urgency.Question, AffectedSystem = Type.Title, Sensitivity = Sensitivity.Personal },
            ContactId = me.Contact.Id, Sender = new(me.Contact.TenantId, me.Contact.SiteId, me.Contact.DeviceId), RequestTypeId = Type.Id, SubmissionKey = Key, By = me.AsActor(),
            // the form stands for the gate's answers: one person asks for something, and names of people are in it
            Facts = [new FoundFact(EnvironmentField.Affected, nameof(Impact.One), FactSource.NotAsked), new FoundFact(EnvironmentField.Sensitivity, nameof(Sensitivity.Personal), FactSource.NotAsked)],
        }, cancel) ?? throw new InvalidOperationException("The signed-in contact is not one of this client's.");
        return Redirect($"/c/{me.Client!.Slug}/requests/{opened.Ticket.Number}?sent=true");
    }

    // the first line of text or the first person tells two requests of a kind apart in a list
    private string Subject()
    {
        var about = Type.Fields.FirstOrDefault(f => Form.IsAsked(f) && f.Type is FieldType.Text or FieldType.Person && Form.Of(f).Count > 0);
        return about is null ? Type.Title : $"{Type.Title}: {Form.Options(about).FirstOrDefault(o => o.Value == Form.Of(about)[0])?.Text ?? Form.Of(about)[0]}";
    }

    private IReadOnlyList<string> Posted(string field) => [.. Request.Form[$"f-{field}"].OfType<string>()];

    private async Task<bool> LoadAsync(Func<string, IReadOnlyList<string>> answers, CancellationToken cancel)
    {
        if (await db.RequestTypes.AsNoTracking().FirstOrDefaultAsync(r => r.Slug == Slug && r.IsActive, cancel) is not { } type) return false;
        Type = type;
        Form = new(type, await lists.RunAsync(type, cancel), answers, words);
        return true;
    }
}

/// <summary>The client's own people, devices and programs, as far as a form asks for them.</summary>
public sealed class AskLists(PortalDb db, Me me)
{
    private const int Longest = 1_000;

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ChipOption>>> RunAsync(RequestType type, CancellationToken cancel)
    {
        var lists = new Dictionary<string, IReadOnlyList<ChipOption>>(StringComparer.Ordinal);
        if (Asks(type, FieldType.Person)) lists[nameof(FieldType.Person)] = await db.Contacts.AsNoTracking().Where(c => c.IsActive).OrderBy(c => c.Name).Take(Longest).Select(c => new ChipOption(c.Id.Value.ToString(), c.Name, null)).ToListAsync(cancel);
        if (Asks(type, FieldType.Device)) lists[nameof(FieldType.Device)] = [.. (await db.Devices.AsNoTracking().OrderBy(d => d.Name).Take(Longest).ToListAsync(cancel)).OrderByDescending(d => d.ContactId == me.Contact.Id).Select(d => new ChipOption(d.Id.ToString(), d.Model is null ? d.Name : $"{d.Name} ({d.Model})"))];
        if (Asks(type, FieldType.Software)) lists[nameof(FieldType.Software)] = await db.Software.AsNoTracking().OrderBy(s => s.Name).Take(Longest).Select(s => new ChipOption(s.Name, s.Name, null)).ToListAsync(cancel);
        return lists;
    }

    private static bool Asks(RequestType type, FieldType kind) => type.Fields.Exists(f => f.Type == kind);
}
