/** Invented people on reserved domains, with the faults that real lists have: shouting, legal forms, a repeat, a bad address, an opt-out. */
export const sampleList = `Nome;Azienda;Ruolo;E-mail;Paese;Città;Dipendenti;Telefono;Opt out
NADIA ROSSI;Norvale S.p.A.;CFO;nadia.rossi@norvale.example;Italia;Milano;240;+39 02 5550 101;
Omar Haddad;Norvale S.p.A.;Head of Controlling;omar.haddad@norvale.example;Italia;Milano;240;;
tom okafor;Tessar Ltd;Head of Finance;tom.okafor@tessar.example;UK;London;410;;
Dr. Lea Brandt;Brandtwerk GmbH;Controller;lea.brandt@brandtwerk.example;Deutschland;Berlin;130;;
Ivan Petrov;Sredna OOD;CFO;ivan.petrov@sredna.example;България;Sofia;75;;
Park, Otis;Oakum, Inc.;Controller;otis.park@oakum.example;USA;San José;1200;+1 408 555 0144;
Kim Lund;Ondra s.r.o.;VP Finance;kim.lund@ondra.example;Norge;Oslo;90;;
Raj Mehta;Calderon plc;Finance Director;raj.mehta@calderon.example;England;Leeds;600;;
RAJ MEHTA;Calderon plc;Finance Director;Raj.Mehta@calderon.example;England;Leeds;;+44 113 496 0102;
Julie Roux;Verlaine SAS;Responsable marketing;julie.roux@verlaine.example;France;Lyon;55;;
Hanna Vik;Vik AS;Økonomisjef;hanna.vik@vik.example;Norge;Bergen;35;;TRUE
Paul Stern;Sternau AG;CEO;paul.stern at sternau.example;Österreich;Wien;20;;
`;
