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
}

/// <summary>Staff, and the people of one client: invite, deactivate, mail a link. Operators only for staff; service leads for contacts too.</summary>
internal sealed class AdminPeoplePage(Accounts accounts, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    public sealed record Row(Guid Id, string Name, string Email, string Role, bool IsActive);

    [BindProperty] public InviteInput Input { get; set; } = new();
    public Client? Client { get; private set; }
    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public IReadOnlyList<Site> Sites { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public string? Problem { get; private set; }
    public string? Done { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Clients = [.. clients.All.Where(c => !c.IsMsp && (me.Staff.ServesAllClients || me.Staff.Clients.Contains(c.Id)))];
        var slug = context.RouteData.Values["client"] as string;
        Client = slug is null ? null : Clients.FirstOrDefault(c => c.Slug == slug);
        var allowed = slug is null ? me.Has(StaffRoles.Operator) : Client is not null && me.Has(StaffRoles.Operator | StaffRoles.ServiceLead);
        if (allowed) await next();
        else context.Result = NotFound();
    }

    public Task<IActionResult> OnGetAsync(CancellationToken cancel) => ShowAsync(cancel);

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancel)
    {
        var refusal = Client is null ? await accounts.InviteStaffAsync(Input, Clients, cancel) : await accounts.InviteContactAsync(Client, Input, cancel);
        if (refusal is not null) Problem = refusal.Sentence;
        else
        {
            Done = words["Invited", Input.Name!];
            Input = new();
            ModelState.Clear();
        }
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostToggleAsync(Guid id, CancellationToken cancel)
    {
        var name = Client is null ? await accounts.ToggleStaffAsync(id, me.Staff.Id, cancel) : await accounts.ToggleContactAsync(Client, id, cancel);
        if (name is null) return NotFound();
        Done = words["Done", name];
        return await ShowAsync(cancel);
    }

    public async Task<IActionResult> OnPostLinkAsync(Guid id, CancellationToken cancel)
    {
        var name = Client is null ? accounts.MailStaffLink(id) : await accounts.MailContactLinkAsync(Client, id, cancel);
        if (name is null) return NotFound();
        Done = words["Done", name];
        return await ShowAsync(cancel);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancel)
    {
        if (Client is null) Rows = [.. accounts.Staff().Select(s => new Row(s.Id.Value, s.Name, s.Email, $"{string.Join(", ", Enum.GetValues<StaffRoles>().Where(r => r != StaffRoles.None && s.Roles.HasFlag(r)).Select(r => words["Role" + r].Value))}, {words["Tier"].Value.ToLowerInvariant()} {s.Tier}", s.IsActive))];
        else
        {
            Rows = [.. (await accounts.ContactsAsync(Client, cancel)).Select(c => new Row(c.Id.Value, c.Name, c.Email, words["Role" + c.Role], c.IsActive))];
            Sites = await accounts.SitesAsync(Client, cancel);
        }
        return Page();
    }
}
