using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Themes;

namespace TenantPortal.Web.Features.Look;

public sealed record LookInput
{
    public string? Theme { get; init; }
    public string? Accent { get; init; }
    public string? Phone { get; init; }
    public string? Hours { get; init; }
    public string? Welcome { get; init; }
    public string? Notice { get; init; }
    public int Version { get; init; }
    public bool RemoveLogo { get; init; }
    public IFormFile? Logo { get; init; }

    public LookWishes AsWishes() => new(Theme ?? ThemeFolder.Default, Accent ?? "", Phone, Hours, Welcome, Notice);
}

internal sealed class EditPage(LookClients clients, ClientLooks looks, ThemeFolder themes, ChangeLook changeLook) : PageModel
{
    [BindProperty] public LookInput Input { get; set; } = new();
    [FromQuery] public bool Saved { get; set; }
    public Client Client { get; private set; } = null!;
    public ClientLook Look { get; private set; } = null!;
    public IReadOnlyList<Theme> Themes => themes.All;
    public Refusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel)) return NotFound();
        Input = new() { Theme = themes.KeyOf(Look.Theme), Accent = Look.Accent, Phone = Look.Phone, Hours = Look.Hours, Welcome = Look.Welcome, Notice = Look.Notice, Version = Look.Version };
        return Page();
    }

    /// <summary>The check of a colour while it is typed: the same partial as on the page.</summary>
    public IActionResult OnGetCheck(string client, [FromQuery(Name = "Input.Accent")] string? accent) =>
        clients.BySlug(client) is null ? NotFound() : Partial("_AccentCheck", AccentColour.Read(accent));

    public async Task<IActionResult> OnPostAsync(string client, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel)) return NotFound();
        Refusal = await SaveAsync(cancel);
        return Refusal is null ? Redirect($"/admin/look/{Client.Slug}?saved=true") : Page();
    }

    private async Task<Refusal?> SaveAsync(CancellationToken cancel)
    {
        if (Input.Theme is { } theme && !themes.Has(theme)) return new("This theme is no longer in the themes folder. Choose another; your other changes are still here.");
        string? logo = null;
        if (Input.Logo is { Length: > 0 } file)
        {
            await using var stream = file.OpenReadStream();
            (logo, var refusal) = await LogoFile.ReadAsync(stream, cancel);
            if (refusal is not null) return refusal;
        }
        return await changeLook.RunAsync(Client.Id, new(Input.AsWishes(), Input.Version, logo, Input.RemoveLogo), cancel);
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (clients.BySlug(slug) is not { } client) return false;
        (Client, Look) = (client, await looks.ForAsync(client.Id, cancel));
        return true;
    }
}
