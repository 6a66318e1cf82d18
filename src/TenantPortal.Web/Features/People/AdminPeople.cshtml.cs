using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

public sealed class InviteInput
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public List<StaffRoles> Roles { get; set; } = [];
    public int Tier { get; set; } = 1;
    public bool AllClients { get; set; }
    public List<string> Clients { get; set; } = [];
    public ContactRole ContactRole { get; set; }
    public Guid? Site { get; set; }

    public Refusal? Check()
    {
        if (string.IsNullOrWhiteSpace(Name)) return new("Type the person's name.");
        return Email is { Length: > 2 and <= 254 } && System.Net.Mail.MailAddress.TryCreate(Email.Trim(), out _) ? null : new("Type a work email address, such as name@company.com.");
    }
}

/// <summary>Staff, and the people of one client: invite, change rights, deactivate, mail a link. Operators only for staff; service leads for contacts too.</summary>
internal sealed class AdminPeoplePage(Accounts accounts, StaffAccounts staff, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    public sealed record Row(Guid Id, string Name, string Email, string Role, bool IsActive, bool MayChange);

    [BindProperty] public InviteInput Input { get; set; } = new();
    public Client? Client { get; private set; }
    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public IReadOnlyList<Site> Sites { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    /// <summary>Whose rights are being changed.</summary>
    public StaffMember? Edited { get; private set; }
    public bool MayGiveAll => me.Staff.ServesAllClients;
    public string? Problem { get; private set; }
    public string? Done { get; private set; }

    [NonHandler] // an override looks like a handler for the method PAGE
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Clients = [.. clients.All.Where(c => !c.IsMsp && me.Staff.Serves(c.Id))];
        var slug = context.RouteData.Values["client"] as string;
        Client = slug is null ? null : Clients.FirstOrDefault(c => c.Slug == slug);
        var allowed = slug is null ? me.Has(StaffRoles.Operator) : Client is not null && me.Has(StaffRoles.Operator | StaffRoles.ServiceLead);
        if (allowed) await next();
        else context.Result = NotFound();
    }

    public async Task<IActionResult> OnGetAsync(Guid? edit, CancellationToken cancel)
    {
        if (edit is not { } id) return await ShowAsync(cancel);
        if (Member(id) is not { } member) return NotFound();
        Edited = member;
        Input = new()
        {
            Roles = [.. Enum.GetValues<StaffRoles>().Where(r => r != StaffRoles.None && member.Roles.HasFlag(r))], Tier = member.Tier, AllClients = member.ServesAllClients,
            Clients = [.. Clients.Where(c => member.Clients.Contains(c.Id)).Select(c => c.Slug)],
        };
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancel)
    {
        var refusal = Client is null ? await staff.InviteAsync(Input, cancel) : await accounts.InviteContactAsync(Client, Input, cancel);
        return await EndAsync(refusal, words["Invited", Input.Name ?? ""], cancel);
    }

    public async Task<IActionResult> OnPostChangeAsync(Guid id, CancellationToken cancel)
    {
        if (Member(id) is not { } member) return NotFound();
        var refusal = await staff.ChangeAsync(member, Input, cancel);
        Edited = refusal is null ? null : member;
        return await EndAsync(refusal, words["Done", member.Name], cancel);
    }

    public async Task<IActionResult> OnPostToggleAsync(Guid id, CancellationToken cancel)
    {
        if (Client is not null) return await accounts.ToggleContactAsync(Client, id, cancel) is { } contact ? await EndAsync(null, words["Done", contact], cancel) : NotFound();
        if (Member(id) is not { } member || member.Id == me.Staff.Id) return NotFound();
        return await EndAsync(await staff.ToggleAsync(member, cancel), words["Done", member.Name], cancel);
    }

    public async Task<IActionResult> OnPostLinkAsync(Guid id, CancellationToken cancel)
    {
        if (Client is not null) return await accounts.MailContactLinkAsync(Client, id, cancel) is { } contact ? await EndAsync(null, words["Done", contact], cancel) : NotFound();
        if (Member(id) is not { IsActive: true } member) return NotFound();
        staff.MailLink(member);
        return await EndAsync(null, words["Done", member.Name], cancel);
    }

    private StaffMember? Member(Guid id) => Client is null ? staff.Within(id) : null;

    private async Task<IActionResult> EndAsync(Refusal? refusal, string done, CancellationToken cancel)
    {
        Problem = refusal?.Sentence;
        if (refusal is not null) return await ShowAsync(cancel);
        Done = done;
        Input = new();
        ModelState.Clear();
        return await ShowAsync(cancel);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (Client is null) Rows = [.. staff.All.Select(s => new Row(s.Id.Value, s.Name, s.Email, $"{string.Join(", ", Enum.GetValues<StaffRoles>().Where(r => r != StaffRoles.None && s.Roles.HasFlag(r)).Select(r => words["Role" + r].Value))}, {words["Tier"].Value.ToLowerInvariant()} {s.Tier}", s.IsActive, staff.Reaches(s)))];
        else
        {
            Rows = [.. (await accounts.ContactsAsync(Client, cancel)).Select(c => new Row(c.Id.Value, c.Name, c.Email, words["Role" + c.Role], c.IsActive, true))];
            Sites = await accounts.SitesAsync(Client, cancel);
        }
        return Page();
    }
}
