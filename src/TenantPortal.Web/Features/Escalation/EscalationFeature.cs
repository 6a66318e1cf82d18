using TenantPortal.Web.Infrastructure.Jobs;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>Registration of paths, calls, rotas and channels.</summary>
public static class EscalationFeature
{
    private const int MostAnswer = 256 * 1024;

    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddScoped<Escalate>().AddScoped<IAlarmHandler>(s => s.GetRequiredService<Escalate>()).AddScoped<IEventListener>(s => s.GetRequiredService<Escalate>())
        .AddScoped<TakeStep>().AddScoped<CallLead>().AddScoped<SendCards>().AddScoped<TellStaff>().AddScoped<EscalationTime>()
        .AddScoped<AcknowledgeCall>().AddScoped<SettleStep>().AddScoped<ReadEscalation>().AddScoped<ReadCard>().AddScoped<ChangeOnCall>().AddSingleton<CallLinks>().AddSingleton<HookCards>().AddSingleton<HearAnswer>().AddSingleton<AnswerAddress>().AddHostedService<GapWatch>();

    // no person and no browser: the channel's own address and signature say who speaks
    public static void MapEscalation(this WebApplication app) => app.MapPost("/hooks/answers/{hook}/{token}", AnswerAsync).AllowAnonymous();

    private static async Task<IResult> AnswerAsync(string hook, string token, HttpContext context, HearAnswer hear, CancellationToken cancel)
    {
        if (context.Request.ContentLength is > MostAnswer || !Guid.TryParseExact(hook, "n", out var id)) return Results.NotFound();
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostAnswer) return Results.NotFound();
        }
        return await hear.RunAsync(id, token, context.Request.Headers["X-PagerDuty-Signature"], body.ToArray(), cancel) ? Results.NoContent() : Results.NotFound();
    }
}
