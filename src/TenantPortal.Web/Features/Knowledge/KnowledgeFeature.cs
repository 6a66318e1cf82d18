using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Jobs;
using TenantPortal.Web.Infrastructure.Search;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

public static class KnowledgeFeature
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services)
    {
        services.AddSingleton<IndexPacks>().AddSingleton<Snapshots>().AddSingleton<RecentAnswers>().AddSingleton<RecentGuides>().AddSingleton<ReadLibrary>().AddSingleton<PublishRunbooks>().AddSingleton<WithdrawRunbook>().AddSingleton<ListLibrary>().AddSingleton<ApproveRunbook>().AddSingleton<PublishLibrary>().AddSingleton<CheckClient>().AddSingleton<LibraryVerbs>();
        services.AddScoped<ReaderFacts>().AddScoped<SearchGuides>().AddScoped<FindPassages>().AddScoped<ReadGuide>().AddScoped<ListGuides>().AddScoped<LogSearch>().AddScoped<RecordGuideUse>().AddScoped<BeforeSending>().AddScoped<GuideMentions>();
        services.AddScoped<ImportArticles>().AddScoped<NearestTopics>().AddScoped<ReadIndex>().AddScoped<AddSynonym>().AddScoped<IJobHandler, ForgetSearches>();
        return services;
    }

    public static void MapKnowledge(this WebApplication app)
    {
        app.MapGroup("/c/{client}").RequireAuthorization(Sessions.Portal).MapGet("/media/{pack}/{name}", (string pack, string name, Me me, PageReads reads, PortalDb db, HttpContext context, CancellationToken cancel) => Picture.AnswerAsync(me.Client!.Id, pack, name, me, reads, db, context, cancel));
        app.MapGroup("/desk").RequireAuthorization(Sessions.Desk).MapGet("/guides/{prefix}/media/{pack}/{name}", (string prefix, string pack, string name, ClientDirectory clients, Me me, PageReads reads, PortalDb db, HttpContext context, CancellationToken cancel) =>
            clients.ByPrefix(prefix) is { } client ? Picture.AnswerAsync(client.Id, pack, name, me, reads, db, context, cancel) : Task.FromResult(Results.NotFound()));
    }
}
