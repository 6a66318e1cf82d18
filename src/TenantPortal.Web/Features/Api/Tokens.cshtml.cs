using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

public sealed class TokenInput
{
    public string? Name { get; set; }
    /// <summary>client.SLUG or staff.KEY.</summary>
    public string? Whose { get; set; }
    public List<ApiScopes> Scopes { get; set; } = [];
    public int Days { get; set; } = 90;
}

/// <summary>The keys of programs. Operators alone: a token opens what its client or person may open.</summary>
internal sealed class TokensPage(ApiTokens tokens, MakeToken make, ClientDirectory clients, StaffDirectory staff, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    public static IReadOnlyList<int> Lives { get; } = [30, 90, 365, ApiToken.LongestDays];

    [BindProperty] public TokenInput Input { get; set; } = new();
    public string? Problem { get; private set; }
    /// <summary>The new token, on this one answer.</summary>
    public string? Made { get; private set; }
    [TempData] public string? Done { get; set; }
    public DateTimeOffset Now { get; } = time.GetUtcNow();
    // who serves some clients sees and makes keys of these alone; keys of staff are for who serves all
    private bool MayEnter => me.Has(StaffRoles.Operator);
    public IEnumerable<ApiToken> Tokens => tokens.All.Where(t => t.TenantId is { } client ? me.Staff.Serves(client) : me.Staff.ServesAllClients || t.StaffId == me.Staff.Id);
    public IEnumerable<Client> Clients => clients.All.Where(c => c is { IsMsp: false, IsActive: true } && me.Staff.Serves(c.Id));
    public IEnumerable<StaffMember> Staff => staff.All.Where(s => s.IsActive && (me.Staff.ServesAllClients || s.Id == me.Staff.Id));

    public string WhoseOf(ApiToken token) => token.TenantId is { } client ? clients.ById(client)?.Name ?? "" : staff.ById(token.StaffId!.Value)?.Name ?? "";

    public string StateOf(ApiToken token) => token.RevokedAt is { } at ? words["Revoked", Day(at)] : words[token.Holds(Now) ? "Until" : "Expired", Day(token.ExpiresAt)];

    public static string Day(DateTimeOffset at) => at.ToString("d MMM yyyy", System.Globalization.CultureInfo.CurrentCulture);

    public IActionResult OnGet() => MayEnter ? Page() : NotFound();

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancel)
    {
        if (!MayEnter) return NotFound();
        var client = Input.Whose?.Split('.', 2) is ["client", var slug] ? Clients.FirstOrDefault(c => c.Slug == slug) : null;
        var member = Input.Whose?.Split('.', 2) is ["staff", var key] ? Staff.FirstOrDefault(s => s.Key == key) : null;
        if (client is null && member is null) Problem = words["WhoseMissing"];
        else (Made, Problem) = await make.RunAsync(Input.Name ?? "", client, member, Input.Scopes.Where(ApiToken.Each.Contains).Aggregate(ApiScopes.None, (all, scope) => all | scope), Input.Days, me.Staff.Name, me.Staff.Id.Value, cancel) is var (token, refusal) ? (token, refusal?.Sentence) : default;
        if (Made is not null) Input = new();
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancel)
    {
        if (!MayEnter) return NotFound();
        if (Tokens.All(t => t.Id != id)) Problem = words["Gone"];
        else Problem = (await make.RevokeAsync(id, me.Staff.Name, me.Staff.Id.Value, cancel))?.Sentence;
        if (Problem is not null) return Page();
        Done = words["RevokedDone"];
        return Redirect("/admin/tokens");
    }
}
