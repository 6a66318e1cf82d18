using System.Threading.Channels;
using Microsoft.AspNetCore.Identity;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.People;

/// <summary>A request for a mailed link, worked on after the answer has gone out, so that the answer's time tells nothing.</summary>
/// <param name="Client">Null for staff.</param>
/// <param name="Back">Where to go after signing in, on the same door.</param>
public sealed record LinkRequest(TenantId? Client, string Email, string Purpose, string? Back)
{
    /// <summary>The first mail to a new person, which may lie a week in a mailbox.</summary>
    public bool IsInvitation { get; init; }
}

/// <summary>Looks the person up, issues the link and queues the mail; at most five links an hour for one person.</summary>
public sealed class SignInPost(IServiceScopeFactory scopes, ILogger<SignInPost> log) : BackgroundService
{
    private readonly Channel<LinkRequest> requests = Channel.CreateBounded<LinkRequest>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Queue(LinkRequest request) => requests.Writer.TryWrite(request);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in requests.Reader.ReadAllAsync(stoppingToken))
        {
            try { await MailAsync(request, stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "A sign-in link could not be mailed"); }
        }
    }

    private async Task MailAsync(LinkRequest request, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var clients = services.GetRequiredService<ClientDirectory>();
        var home = request.Client is { } id ? clients.ById(id)! : clients.Msp;
        services.GetRequiredService<TenantScope>().SetClient(home.Id);
        var (person, name, address) = request.Client is null ? Staff(services, request.Email) : await ContactAsync(services, request.Email);
        if (person is null) return;
        var life = request.IsInvitation ? TimeSpan.FromDays(7) : request.Purpose == OneTimeLinks.ContactLink ? TimeSpan.FromMinutes(15) : TimeSpan.FromHours(1);
        if (await services.GetRequiredService<OneTimeLinks>().IssueAsync(request.Purpose, request.Client, person.Value, life, most: 5, cancel) is not { } token) return;
        var (template, path) = request.Purpose switch
        {
            OneTimeLinks.ContactLink => ("sign-in-link", $"/sign-in/link?token={token}{(request.Back is { } back ? "&back=" + Uri.EscapeDataString(back) : "")}"),
            OneTimeLinks.ContactPassword => ("password-reset", $"/sign-in/password?token={token}"),
            _ => ("password-reset", $"/desk/sign-in/password?token={token}"),
        };
        if (request.IsInvitation) template = "invite";
        var until = new ClientTime(home, services.GetRequiredService<TimeProvider>().GetUtcNow() + life);
        await services.GetRequiredService<MailQueue>().QueueAsync(new(template, null, template, address, name, OneTimeLinks.HashText(token)[..16],
            new Dictionary<string, string> { ["minutes"] = $"{life.TotalMinutes:0}", ["until"] = until.Day(until.Now) }, path), cancel);
    }

    private static (Guid?, string, string) Staff(IServiceProvider services, string email) =>
        services.GetRequiredService<StaffDirectory>().ByEmail(email) is { IsActive: true } member ? (member.Id.Value, member.Name, member.Email) : (null, "", "");

    private static async Task<(Guid?, string, string)> ContactAsync(IServiceProvider services, string email) =>
        await services.GetRequiredService<UserManager<Contact>>().FindByNameAsync(email) is { } contact ? (contact.Id.Value, contact.Name, contact.Email) : (null, "", "");
}
