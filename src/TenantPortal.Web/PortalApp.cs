using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.FileProviders;
using Npgsql;
using TenantPortal.Web.Features.Api;
using TenantPortal.Web.Features.Approvals;
using TenantPortal.Web.Features.Attachments;
using TenantPortal.Web.Features.Audit;
using TenantPortal.Web.Features.ClientSetup;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Features.Contracts;
using TenantPortal.Web.Features.Desk;
using TenantPortal.Web.Features.Escalation;
using TenantPortal.Web.Features.FirstRun;
using TenantPortal.Web.Features.HandOver;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Look;
using TenantPortal.Web.Features.Portal;
using TenantPortal.Web.Features.Readiness;
using TenantPortal.Web.Features.Reporting;
using TenantPortal.Web.Features.Requests;
using TenantPortal.Web.Features.Live;
using TenantPortal.Web.Features.Messages;
using TenantPortal.Web.Features.People;
using TenantPortal.Web.Features.Secrets;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Features.SignInHelp;
using TenantPortal.Web.Features.Subscriptions;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Features.Upkeep;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Mail;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web;

/// <summary>The program's table of contents: what is registered, and the order a request passes.</summary>
public static class PortalApp
{
    /// <param name="time">Another clock than the machine's.</param>
    public static WebApplication Build(string[] args, TimeProvider? time = null)
    {
        // giving up a statement blocks its thread for a second or two; when the database falls silent the other requests still need theirs
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, 100), completions);
        // the pages are found by this name, also when a test program started us
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(PortalApp).Assembly.GetName().Name });
        AddPortal(builder, time ?? TimeProvider.System);
        var app = builder.Build();
        UsePortal(app);
        return app;
    }

    private static void AddPortal(WebApplicationBuilder builder, TimeProvider time)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // it writes whole addresses, and those of mailed links let whoever reads the log in
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        services.AddSingleton(s => PortalSettings.Read(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton(time).AddSingleton<DatabaseWatch>().AddSingleton<DatabaseProbe>().AddHostedService<Telemetry>();
        AddData(services);
        AddTenancy(services);
        services.AddSingleton<Turns>().AddJobs().AddMail();
        services.AddSingleton<OutsideHttp>().AddSingleton<HookSecrets>().AddSingleton<PushKey>().AddSingleton<PushTransport>().AddSingleton<HookTransport>();
        services.AddLocalization();
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/Features";
            pages.Conventions.Add(new DoorConvention());
            pages.Conventions.ConfigureFilter(new KnownHandlers());
        }).AddMvcOptions(mvc => { mvc.ModelBinderProviders.Insert(0, new CleanStrings.Provider()); mvc.Filters.Add<KeptForms>(); mvc.Filters.AddService<Turns>(); }).AddViewOptions(views => views.HtmlHelperOptions.ClientValidationEnabled = false);   // its markup hides with inline styles
        services.AddSingleton<CookieTempDataProvider>().AddSingleton<ITempDataProvider, SaidOnce>();
        // pages stay uncompressed: they mix secrets (form tokens) with text that others chose
        services.AddResponseCompression(files => { files.EnableForHttps = true; files.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"]; });
        services.AddAntiforgery(token => { token.Cookie.Name = "portal.form"; token.Cookie.HttpOnly = true; token.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest; token.HeaderName = "X-Form-Token"; });
        // features, one line each; who listens first hears of a ticket first, and a call must not wait for letters
        services.AddEscalation();
        services.AddLook();
        services.AddKnowledge();
        services.AddContentImport();
        services.AddDesk();
        services.AddHandOver();
        services.AddPeople();
        services.AddClientSetup();
        services.AddSignInHelp();
        services.AddSelfService();
        services.AddTickets();
        services.AddTriage();
        services.AddContracts();
        services.AddApprovals();
        services.AddAudit();
        services.AddReadiness();
        services.AddAttachments().AddReporting().AddRequests().AddHome();
        services.AddMessages();
        services.AddSecrets().AddFirstRun();
        services.AddLive();
        services.AddApi().AddSubscriptions().AddUpkeep();
    }

    private static void AddData(IServiceCollection services)
    {
        services.AddSingleton(s => NpgsqlDataSource.Create(s.GetRequiredService<PortalSettings>().Database));
        services.AddSingleton<ScopeInterceptor>().AddSingleton<PortalModel>();
        services.AddScoped<TenantScope>().AddScoped<PageReads>();
        services.AddPooledDbContextFactory<PortalDb>((s, db) => Use(db, s).UseModel(s.GetRequiredService<PortalModel>().Made).AddInterceptors(s.GetRequiredService<ScopeInterceptor>()), poolSize: 64);
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext().In(s.GetRequiredService<TenantScope>()));
        services.AddDbContextFactory<DirectoryDb>((s, db) => Use(db, s));
        services.AddSingleton<Signals>().AddHostedService(s => s.GetRequiredService<Signals>());
        static DbContextOptionsBuilder Use(DbContextOptionsBuilder db, IServiceProvider s) => db.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>());
    }

    private static void AddTenancy(IServiceCollection services)
    {
        services.AddSingleton<ClientDirectory>().AddSingleton<StaffDirectory>().AddSingleton<OnCallDirectory>().AddSingleton<SessionGuard>().AddSingleton<ApiTokens>().AddSingleton<ClientScopes>().AddScoped<Me>().AddScoped<UnreadNotices>();
        services.AddSessions();
        services.AddSingleton<MasterKey>().AddSingleton<SealedKeyRing>().AddSingleton<StoredKeys>().AddSingleton<ClientKeys>().AddSingleton<OutsideHold>();
        services.AddDataProtection().SetApplicationName("tenantportal");
        services.AddOptions<KeyManagementOptions>().Configure<SealedKeyRing>((keys, ring) => (keys.XmlRepository, keys.XmlEncryptor) = (ring, ring));
    }

    private static void UsePortal(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<PortalSettings>();
        Believe(app, settings);
        app.UseMiddleware<HealthAnswers>();
        if (settings.Collector is not null) app.UseMiddleware<TraceNames>();
        app.UseMiddleware<FailurePages>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(settings.ThemesFolder), RequestPath = "/assets/themes", OnPrepareResponse = Cache });
        app.UseStaticFiles(new StaticFileOptions { RequestPath = "/assets", OnPrepareResponse = Cache });
        app.UseMiddleware<DoorMiddleware>();
        app.UseRouting();
        app.UseAuthorization();
        app.MapRazorPages();
        app.MapKnowledge();
        app.MapLook();
        app.MapAttachments();
        app.MapLive();
        app.MapEscalation();
        app.MapApi();
    }

    // of what a request says about its way here, only the word of a named proxy counts; where people type https, a proxy before us speaks it for us
    private static void Believe(WebApplication app, PortalSettings settings)
    {
        if (settings.Proxies.Count > 0)
        {
            var headers = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var proxy in settings.Proxies) headers.KnownIPNetworks.Add(proxy);
            app.UseForwardedHeaders(headers);
        }
        if (settings.UrlIsHttps) app.Use((context, next) => { context.Request.Scheme = Uri.UriSchemeHttps; return next(context); });
    }

    // addresses carry the file's version (VersionedAsset), so a browser may keep them
    private static void Cache(Microsoft.AspNetCore.StaticFiles.StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=300";

    /// <summary>Checks database role, schema and key, and loads the directory, before the first request.</summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancel)
    {
        var services = app.Services;
        await StartGuard.CheckAsync(services.GetRequiredService<NpgsqlDataSource>(), cancel);
        await using var directory = await services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContextAsync(cancel);
        await services.GetRequiredService<MasterKey>().CheckAsync(directory, cancel);
        await services.GetRequiredService<ClientDirectory>().RefreshAsync(cancel);
        await services.GetRequiredService<StaffDirectory>().RefreshAsync(cancel);
        await services.GetRequiredService<OnCallDirectory>().RefreshAsync(cancel);
        await services.GetRequiredService<ApiTokens>().RefreshAsync(cancel);
    }
}
