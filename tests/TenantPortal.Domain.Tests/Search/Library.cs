using TenantPortal.Domain.Search;

namespace TenantPortal.Domain.Tests.Search;

/// <summary>Small libraries of guides to search in.</summary>
internal static class Library
{
    public static SearchDocument Guide(string id, string title, string body = "", string[]? symptoms = null, string[]? codes = null) =>
        new() { Id = id, Title = title, Body = body, Symptoms = symptoms ?? [], ErrorCodes = codes ?? [] };

    public static SearchSnapshot Of(params SearchDocument[] documents) => With(Synonyms.None, documents);

    public static SearchSnapshot With(Synonyms synonyms, params SearchDocument[] documents) =>
        SearchSnapshot.Build(Clearance.Contact, documents.Select(document => AnalysedDocument.Of(document)), synonyms, 1);

    /// <summary>Everyday guides around the one under test, so that rarity means something.</summary>
    public static SearchDocument[] Among(params SearchDocument[] documents) =>
    [
        .. documents,
        Guide("x-mouse", "Mouse moves slowly", "Change the pointer speed in the settings."),
        Guide("x-screen", "Second screen stays black", "Check the cable and press the display key."),
        Guide("x-sound", "No sound in meetings", "Choose the headset in the audio settings."),
        Guide("x-backup", "Restore a deleted folder", "Open the version history and restore the folder."),
        Guide("x-phone", "Set up a new phone", "Scan the code with the camera and follow the steps."),
    ];

    public static string[] Ids(this SearchAnswer answer) => [.. answer.Hits.Select(hit => hit.Id)];

    public static string? First(this SearchAnswer answer) => answer.Hits.Count > 0 ? answer.Hits[0].Id : null;
}
